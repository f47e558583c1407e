using Ashlar.Ir;

namespace Ashlar.Tests.Primitives;

/// <summary>An example of a primitive on which the contract tests run.</summary>
/// <param name="Name">The primitive's name, with what is special in the example.</param>
/// <param name="Primitive">The primitive.</param>
/// <param name="Operands">Its operands.</param>
/// <param name="Attributes">Its attributes.</param>
public sealed record PrimitiveCase(string Name, Primitive Primitive, Operand[] Operands, Attributes? Attributes = null)
{
    /// <summary>Operands through which a gradient must pass; elements are away from kinks.</summary>
    public int[] Differentiable { get; init; } = [];

    /// <summary>Dtypes of the row's operands.</summary>
    public DType[] Types { get; init; } = [DType.Float64, DType.Float32];

    public Node Of(ReadOnlySpan<Node> operands) => new(Primitive, operands, Attributes);

    public override string ToString() => Name;
}
