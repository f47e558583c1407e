using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Values;

/// <summary>A function of the array language: how it is called, where it is tried, by how much it may differ from what was recorded.</summary>
/// <param name="Name">As tools/vectors/functions_of_tensors.py spells it.</param>
/// <param name="Body">What was written in the table. The members of <see cref="Tensor"/> that it calls are the ones that the row covers.</param>
/// <param name="Call">The body, for any number of operands and results.</param>
/// <param name="Operands">Ranges in which gradients and batches are tried; away from kinks and poles.</param>
public sealed record FunctionRow(string Name, Delegate Body, Func<Tensor[], Tensor[]> Call, Operand[] Operands)
{
    /// <summary>Floats between the recorded value and ours, at most: 0 where every step is exact or both round once.</summary>
    public int Ulp { get; init; }

    /// <summary>Where the distance comes from.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A difference below this counts as none: near a zero of the function units in the last place say nothing.</summary>
    public double Absolute { get; init; }

    /// <summary>The test class that holds the recorded values, or null where they stand in functions_of_tensors.json.</summary>
    public Type? Holder { get; init; }

    /// <summary>Whether it has gradients.</summary>
    public bool Differentiable { get; init; } = true;

    /// <summary>Why the function cannot be mapped over a batch, or null.</summary>
    public string? WithoutVmap { get; init; }

    public static FunctionRow Unary(string name, Func<Tensor, Tensor> body, double low, double high, int ulp = 0, string reason = "") =>
        new(name, body, x => [body(x[0])], [Vector(low, high)]) { Ulp = ulp, Reason = reason };

    public static FunctionRow Binary(string name, Func<Tensor, Tensor, Tensor> body, (double Low, double High) a, (double Low, double High) b, int ulp = 0, string reason = "") =>
        new(name, body, x => [body(x[0], x[1])], [Vector(a.Low, a.High), Vector(b.Low, b.High)]) { Ulp = ulp, Reason = reason };

    public static FunctionRow Many(string name, Func<Tensor[], Tensor[]> body, params Operand[] operands) => new(name, body, body, operands);

    public static Operand Vector(double low, double high) => new(new Shape(3), low, high);

    public static Operand Grid(double low, double high, params ReadOnlySpan<int> extents) => new(new Shape(extents), low, high);

    public static Operand Whole(double low, double high, DType type, params ReadOnlySpan<int> extents) => new(new Shape(extents), low, high, type);
}
