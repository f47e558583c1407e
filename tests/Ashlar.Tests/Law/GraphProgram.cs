namespace Ashlar.Tests.Law;

/// <summary>A graph as a list of numbers, so that a failing one can be made smaller by leaving numbers out.</summary>
/// <remarks>Each number names an operation and its operands among what is known; what does not fit is passed over.</remarks>
static class GraphProgram
{
    const int MostElements = 5_000;

    /// <summary>The last result, recorded and not evaluated.</summary>
    public static Tensor Record(IEnumerable<int> codes)
    {
        List<Tensor> known = [.. Leaves()];
        foreach (uint code in codes.Select(code => unchecked((uint)code * 2654435761u)))
        {
            Tensor x = known[(int)(code >> 5) % known.Count];
            Tensor y = known[(int)(code >> 12) % known.Count];
            if (Next(code % 24, code >> 20, x, y) is { } next && next.Size <= MostElements)
            {
                known.Add(next);
            }
        }

        return known[^1];
    }

    static IEnumerable<Tensor> Leaves()
    {
        RandomKey key = RandomKey.FromSeed(11);
        yield return Tensor.RandomNormal(key, new Shape(4, 33));
        yield return Tensor.RandomNormal(key.Fold(1), new Shape(33));
        yield return Tensor.RandomNormal(key.Fold(2), new Shape(3, 4, 1));
        yield return Tensor.RandomInteger(key.Fold(3), new Shape(4, 1), -5, 6, DType.Int8);
        yield return Tensor.RandomNormal(key.Fold(4), new Shape(33)).To(DType.Float16);
        yield return Tensor.RandomUniform(key.Fold(5), new Shape(4, 33), type: DType.Float64);
        foreach (Tensor leaf in (Tensor[])[Tensor.Scalar(0.75), Tensor.Zeros(new Shape(0, 33))])
        {
            yield return leaf;
        }
    }

    static Tensor? Next(uint operation, uint detail, Tensor x, Tensor y)
    {
        int axis = x.Rank == 0 ? 0 : (int)(detail % (uint)x.Rank);
        return operation switch
        {
            0 when Fits(x, y) => x + y,
            1 when Fits(x, y) => x - y,
            2 when Fits(x, y) => x * y,
            3 when Fits(x, y) => Tensor.Maximum(x, y),
            4 when Fits(x, y) => Tensor.Where(x < y, x, y),
            5 => -x,
            6 => x.Abs(),
            7 when x.DType.IsFloating => x.Tanh(),
            8 when x.DType.IsFloating => Tensor.Minimum(x, Tensor.Scalar(3, x.DType)).Exp(),
            9 when x.DType.IsFloating => x.Sigmoid(),
            10 => (x * 2) + 1,
            11 when x.Rank > 0 => x.Sum([axis]),
            12 when x.Rank > 0 && x.Shape[axis] > 0 => x.Max([axis], keepAxes: true),
            13 when x.Rank > 0 && x.DType.IsFloating => x.Mean([axis], keepAxes: true),
            14 when x.Rank > 1 => x.T,
            15 => x.Reshape([x.Size]),
            16 when x.Rank > 0 => x.Flip(axis),
            17 when x.Rank > 0 && x.Shape[axis] > 1 => x.Slice(axis, 1, x.Shape[axis] - 1),
            18 when x.Rank > 0 => x.Pad(new int[x.Rank], [.. Enumerable.Repeat(2, x.Rank)], 0.5),
            19 when x.Rank > 0 => Tensor.Concat([x, x], axis),
            20 when x.Rank == 2 => x.MatMul(x.T),
            21 => x.To(DTypeFacts.All[(int)(detail % (uint)DTypeFacts.All.Count)]),
            22 when x.Rank > 0 && x.DType.IsFloating && x.Shape[axis] > 0 => Softmax(x, axis),
            23 when x.Rank < 4 => x.Unsqueeze(0),
            _ => null,
        };
    }

    static Tensor Softmax(Tensor x, int axis)
    {
        Tensor e = (x - x.Max([axis], keepAxes: true)).Exp();
        return e / e.Sum([axis], keepAxes: true);
    }

    static bool Fits(Tensor x, Tensor y)
    {
        for (int i = 1; i <= Math.Min(x.Rank, y.Rank); i++)
        {
            if (x.Shape[^i] != y.Shape[^i] && x.Shape[^i] != 1 && y.Shape[^i] != 1)
            {
                return false;
            }
        }

        return true;
    }
}
