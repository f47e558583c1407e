using Ashlar.Ir;

namespace Ashlar.Primitives.Contract;

/// <summary>Which axes a product pairs: batch axes appear once in the result, contracted axes are summed over.</summary>
/// <param name="batchA">Batch axes of the left operand.</param>
/// <param name="batchB">Their partners in the right operand.</param>
/// <param name="contractA">Contracted axes of the left operand, outermost of k first.</param>
/// <param name="contractB">Their partners in the right operand.</param>
public sealed class DotAttributes(int[] batchA, int[] batchB, int[] contractA, int[] contractB) : Attributes
{
    /// <summary>Batch axes of the left operand.</summary>
    public ReadOnlySpan<int> BatchA => batchA;

    /// <summary>Batch axes of the right operand.</summary>
    public ReadOnlySpan<int> BatchB => batchB;

    /// <summary>Contracted axes of the left operand.</summary>
    public ReadOnlySpan<int> ContractA => contractA;

    /// <summary>Contracted axes of the right operand.</summary>
    public ReadOnlySpan<int> ContractB => contractB;

    /// <summary>The axes of the left operand that are neither, ascending.</summary>
    public int[] FreeA(int rank) => [.. Enumerable.Range(0, rank).Where(IsFreeInA)];

    /// <summary>The axes of the right operand that are neither, ascending.</summary>
    public int[] FreeB(int rank) => [.. Enumerable.Range(0, rank).Where(IsFreeInB)];

    /// <summary>Whether an axis of the left operand is neither.</summary>
    internal bool IsFreeInA(int axis) => Array.IndexOf(batchA, axis) < 0 && Array.IndexOf(contractA, axis) < 0;

    /// <summary>Whether an axis of the right operand is neither.</summary>
    internal bool IsFreeInB(int axis) => Array.IndexOf(batchB, axis) < 0 && Array.IndexOf(contractB, axis) < 0;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(batchA);
        key.Write(batchB);
        key.Write(contractA);
        key.Write(contractB);
    }

    /// <inheritdoc/>
    public override string ToString() => $"contract=[{string.Join(", ", contractA)}]x[{string.Join(", ", contractB)}] batch=[{string.Join(", ", batchA)}]x[{string.Join(", ", batchB)}]";
}
