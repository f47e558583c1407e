using Ashlar.Primitives.Contract;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Products and convolutions.</summary>
sealed class ContractionCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return Two("Dot", DotPrimitive.Instance, [3, 4], [4, 2], new DotAttributes([], [], [1], [0]));
            yield return Two("Dot, right operand transposed", DotPrimitive.Instance, [3, 4], [2, 4], new DotAttributes([], [], [1], [1]));
            yield return Two("Dot, both transposed", DotPrimitive.Instance, [4, 3], [2, 4], new DotAttributes([], [], [0], [1]));
            yield return Two("Dot of batches", DotPrimitive.Instance, [2, 3, 4], [4, 2, 3], new DotAttributes([0], [1], [2], [0]));
            yield return Two("Dot over two axes", DotPrimitive.Instance, [2, 3, 4], [3, 2, 2], new DotAttributes([], [], [1, 0], [0, 2]));
            yield return Two("Dot of vectors", DotPrimitive.Instance, [5], [5], new DotAttributes([], [], [0], [0]));
            yield return Two("Conv", ConvPrimitive.Instance, [2, 2, 5], [3, 2, 3], Conv([1], [0], [0], [1], [1]));
            yield return Two("Conv with stride", ConvPrimitive.Instance, [1, 2, 6], [2, 2, 3], Conv([2], [1], [0], [1], [1]));
            yield return Two("Conv of images", ConvPrimitive.Instance, [2, 2, 4, 5], [2, 2, 3, 2], Conv([1, 1], [1, 1], [1, 0], [1, 1], [1, 1]));
            yield return Two("Conv of images with stride and dilation", ConvPrimitive.Instance, [1, 2, 6, 5], [2, 2, 2, 2], Conv([2, 1], [1, 0], [1, 2], [1, 1], [2, 3]));
            yield return Two("Conv with zeros between elements", ConvPrimitive.Instance, [1, 2, 3, 3], [2, 2, 2, 3], Conv([1, 2], [1, 2], [0, 1], [2, 3], [1, 1]));
            yield return Two("Conv of two groups", ConvPrimitive.Instance, [2, 4, 5], [6, 2, 2], Conv([1], [1], [0], [1], [1], groups: 2));
            yield return Two("Conv of each channel alone", ConvPrimitive.Instance, [2, 3, 4, 5], [3, 1, 2, 3], Conv([1, 2], [1, 1], [0, 1], [1, 1], [1, 1], groups: 3));
            yield return Two("Conv of groups with zeros between elements", ConvPrimitive.Instance, [1, 4, 3, 3], [2, 2, 2, 3], Conv([1, 2], [1, 2], [0, 1], [2, 3], [1, 1], groups: 2));
            yield return Two("Conv of volumes", ConvPrimitive.Instance, [1, 2, 3, 3, 4], [2, 2, 2, 2, 3], Conv([1, 1, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 2, 1]));
        }
    }

    static ConvAttributes Conv(int[] strides, int[] low, int[] high, int[] inputDilation, int[] kernelDilation, int groups = 1) => new(strides, low, high, inputDilation, kernelDilation, groups);
}
