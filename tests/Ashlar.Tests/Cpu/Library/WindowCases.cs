using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Tests.Cpu.Library;

/// <summary>Geometries that reach every path of the window kernels: odd and even extents, overlaps, gaps, padding, few and many columns.</summary>
static class WindowCases
{
    public static IEnumerable<(int[] Shape, WindowAttributes Window)> All(ReduceKind kind)
    {
        foreach (int width in new[] { 2, 5, 16, 17, 26, 35, 70 })
        {
            yield return Case([2, 3, 6, width], [2, 2], [2, 2], [0, 0], [0, 0]);
            yield return Case([3, 5, width], [2, 2], [2, 2], [1, 1], [1, 1]);
            yield return Case([3, 4, width], [2, 2], [3, 2], [0, 1], [1, 0]);
            yield return Case([2, 5, width], [2, 2], [1, 1], [0, 0], [0, 0]);
            yield return Case([2, 7, width], [3, 3], [2, 2], [1, 1], [1, 1]);
            yield return Case([2, 8, width + 1], [3, 3], [2, 2], [0, 0], [0, 0]);
            yield return Case([2, 2, width], [3, 3], [3, 2], [2, 2], [2, 2]);
            yield return Case([2, 4, width], [3, 3], [1, 1], [1, 1], [1, 1]);
            yield return Case([2, 4, width], [3, 3], [3, 3], [1, 2], [2, 1]);
            yield return Case([1, 6, width], [5, 2], [1, 2], [4, 0], [2, 1]);
            yield return Case([3, width], [2], [2], [0], [0]);
            yield return Case([3, width], [2], [1], [1], [1]);
            yield return Case([1, 3, 4, width], [2, 3, 2], [1, 2, 2], [1, 1, 1], [0, 1, 1]);
        }

        // Tiles of narrow planes: powers of two and others, results that fill registers, that leave a rest, and fewer than a register.
        foreach (int width in new[] { 2, 4, 6, 8, 16, 32 })
        {
            yield return Case([5, 6, width], [2, 2], [2, 2], [0, 0], [0, 0]);
            yield return Case([1, 2, width], [2, 2], [2, 2], [0, 0], [0, 0]);
            yield return Case([7, 5, width], [1, 2], [1, 2], [0, 0], [0, 0]);
            yield return Case([1, 1, width], [1, 2], [1, 2], [0, 0], [0, 0]);
            yield return Case([5, 7, width], [2, 2], [2, 2], [0, 0], [1, 0]);
            yield return Case([130, 30, width], [2, 2], [2, 2], [0, 0], [0, 0]);
        }

        // Pairs of rows of planes that end in an odd one, with more and fewer results than a vector holds, over several chunks.
        foreach (int width in new[] { 4, 7, 11, 19, 37 })
        {
            yield return Case([130, 31, width], [2, 2], [2, 2], [0, 0], [0, 0]);
            yield return Case([3, 3, width], [2, 2], [2, 2], [0, 0], [0, 0]);
        }

        yield return Case([2, 9, 50], [7, 7], [1, 1], [3, 3], [3, 3]);
        yield return Case([2, 9, 51], [6, 6], [2, 2], [0, 0], [2, 5]);
        yield return Case([2, 5, 6, 43], [3, 4, 5], [2, 1, 1], [1, 0, 4], [2, 3, 4]);
        yield return Case([4, 40], [33], [1], [32], [5]);
        yield return Case([7, 12], [12], [1], [0], [0]);
        yield return Case([2, 12, 12], [12, 12], [1, 1], [0, 0], [0, 0]);
        yield return Case([12], [3], [4], [1], [2]);
        yield return Case([1, 1, 1], [1, 1], [1, 1], [0, 0], [0, 0]);
        yield return Case([0, 3, 8, 8], [2, 2], [2, 2], [0, 0], [0, 0]);
        yield return Case([3, 1, 1], [3, 3], [2, 2], [2, 2], [2, 2]);

        (int[], WindowAttributes) Case(int[] shape, int[] window, int[] strides, int[] low, int[] high) => (shape, new WindowAttributes(kind, window, strides, low, high));
    }
}
