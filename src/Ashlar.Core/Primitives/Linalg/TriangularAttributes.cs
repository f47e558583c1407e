using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>Which triangle of a matrix counts, and how.</summary>
/// <param name="lower">The lower triangle, else the upper one.</param>
/// <param name="transposed">The system is aᵀ·x = b.</param>
/// <param name="unitDiagonal">The diagonal counts as ones and is not read.</param>
public sealed class TriangularAttributes(bool lower, bool transposed, bool unitDiagonal) : Attributes
{
    /// <summary>The lower triangle, else the upper one.</summary>
    public bool Lower => lower;

    /// <summary>The system is aᵀ·x = b.</summary>
    public bool Transposed => transposed;

    /// <summary>The diagonal counts as ones and is not read.</summary>
    public bool UnitDiagonal => unitDiagonal;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write([lower ? 1 : 0, transposed ? 1 : 0, unitDiagonal ? 1 : 0]);

    /// <inheritdoc/>
    public override string ToString() => $"{(lower ? "lower" : "upper")}{(transposed ? ", transposed" : "")}{(unitDiagonal ? ", unit diagonal" : "")}";
}
