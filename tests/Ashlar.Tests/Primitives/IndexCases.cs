using Ashlar.Primitives.Index;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Elements read and written by index.</summary>
sealed class IndexCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return Gather("Gather with equal indices", [2, 3], new(new Shape(2, 7), -3, 3, DType.Int32), 1, new IndexAttributes(1, 1, 0));
            yield return Gather("Gather along an inner axis", [2, 4, 3], new(new Shape(2, 5, 3), 0, 4, DType.Int64), 1, new IndexAttributes(1, 1, 1));
            yield return Gather("Gather of rows", [5, 3], new(new Shape(2, 4), -5, 5, DType.Int32), 1, new IndexAttributes(0, 0, 0));
            yield return Gather("Gather of rows behind outer axes", [2, 5, 3], new(new Shape(4), 0, 5, DType.Int64), 1, new IndexAttributes(1, 0, 0));
            yield return Gather("Gather of points", [3, 4, 2], new(new Shape(5), 0, 3, DType.Int32), 2, new IndexAttributes(0, 0, 0));
            yield return Gather("Gather of points in a batch", [2, 3, 3, 4, 2], new(new Shape(2, 5, 2), 0, 3, DType.Int32), 2, new IndexAttributes(2, 1, 1));
            yield return Scatter("Scatter of sums over zeros", ScatterKind.Add, null, new(new Shape(2, 7), -4, 4, DType.Int64), 1, [2, 4], [2, 7], 1, 1, 0);
            yield return Scatter("Scatter of sums of rows", ScatterKind.Add, [5, 3], new(new Shape(7), 0, 5, DType.Int32), 1, [5, 3], [7, 3], 0, 0, 0);
            foreach (ScatterKind kind in Enum.GetValues<ScatterKind>())
            {
                yield return Scatter($"Scatter {kind} into a base", kind, [2, 4, 3], new(new Shape(2, 6, 3), 0, 4, DType.Int32), 1, [2, 4, 3], [2, 6, 3], 1, 1, 1);
                yield return Scatter($"Scatter {kind} of points", kind, [2, 3, 4, 2], new(new Shape(5), 0, 3, DType.Int64), 2, [2, 3, 4, 2], [2, 5, 2], 1, 0, 0);
            }

            yield return Scatter("Scatter Set over zeros", ScatterKind.Set, null, new(new Shape(4), 0, 3, DType.Int32), 1, [3, 2], [4, 2], 0, 0, 0);
            yield return new("Nonzero", NonzeroPrimitive.Instance, [new(new Shape(3, 8), 0, 2, DType.Bool)], new Ashlar.Primitives.Axes("count", [3]));
        }
    }

    static PrimitiveCase Gather(string name, int[] x, Operand index, int count, IndexAttributes attributes) =>
        new(name, GatherPrimitive.Instance, [new(new Shape(x), -2, 2), .. Enumerable.Repeat(index, count)], attributes) { Differentiable = [0], Types = Numbers };

    static PrimitiveCase Scatter(string name, ScatterKind kind, int[]? into, Operand index, int count, int[] target, int[] updates, int axis, int batch, int trailing)
    {
        Operand[] before = into is null ? [] : [new(new Shape(into), -2, 2)];
        Operand[] operands = [.. before, .. Enumerable.Repeat(index, count), new(new Shape(updates), -2, 2)];
        return new(name, ScatterPrimitive.Instance, operands, new ScatterAttributes(kind, into is not null, new Shape(target), axis, batch, trailing))
        {
            Differentiable = into is null ? [count] : [0, operands.Length - 1],
            Types = Numbers,
        };
    }
}
