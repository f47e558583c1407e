using Ashlar.Scalars;

namespace Ashlar.Tests.Schedule;

/// <summary>Graphs over leaves of every dtype drawn from a seed: the same seed records the same operations anew.</summary>
static class RandomTypedGraph
{
    static readonly int[][] Shapes = [[], [7], [3, 5], [1, 5], [3, 1], [2, 3, 5], [4, 33], [2, 600]];

    /// <summary>The last results of one graph, recorded but not evaluated.</summary>
    public static Tensor[] Draw(int seed, int operations)
    {
        var chance = new System.Random(seed);
        var known = new List<Tensor>();
        for (int i = 0; i < 5; i++)
        {
            known.Add(Leaf(chance));
        }

        for (int made = 0; made < operations;)
        {
            if (Next(chance, known[chance.Next(known.Count)], known) is { Size: > 0 and <= 4000 } next)
            {
                known.Add(next);
                made++;
            }
        }

        return [.. known[^4..]];
    }

    static DType Type(System.Random chance) => DTypeFacts.All[chance.Next(DTypeFacts.All.Count)];

    static Tensor Leaf(System.Random chance)
    {
        DType type = Type(chance);
        var shape = new Shape(Shapes[chance.Next(Shapes.Length)]);
        var bytes = new List<byte>();
        for (int i = 0; i < shape.Size; i++)
        {
            double value = chance.Next(20) switch
            {
                0 => chance.NextInt64() * (chance.Next(2) - 0.5),
                1 => -0.0,
                2 => 1e-6,
                _ => type.IsFloating ? (chance.NextDouble() * 8) - 4 : chance.Next(-200, 200),
            };
            bytes.AddRange(BitConverter.GetBytes(ScalarBits.FromDouble(type, value))[..type.ItemSize]);
        }

        return Tensor.FromBytes([.. bytes], type, shape);
    }

    static Tensor? Next(System.Random chance, Tensor x, List<Tensor> known)
    {
        int axis = x.Rank == 0 ? 0 : chance.Next(x.Rank);
        switch (chance.Next(x.Rank == 0 ? 12 : 22))
        {
            case 0 or 1: return x.To(Type(chance));
            case 2 or 3 or 4 or 5: return Pair(chance, x, known);
            case 6: return Tensor.Where(x.To(DType.BFloat16) > 0, x, x.To(Type(chance)).To(x.DType));
            case 7: return -Number(chance, x).Abs();
            case 8: return Function(chance, x.DType.IsFloating ? x : x.To(chance.Next(2) == 0 ? DType.Float16 : DType.BFloat16));
            case 9: return Number(chance, x) * 3 - 1;
            case 10: return (x.To(DType.Float16) * 0.375) + x.To(DType.BFloat16);
            case 11: return x.DType.IsFloating ? x.Relu() : ~x;
            case 12: return x.Sum([axis]);
            case 13: return x.Max([axis], keepAxes: true);
            case 14: return x.Min([axis]);
            case 15: return Number(chance, x).Prod([axis], dtype: x.DType == DType.Bool ? DType.Int16 : x.DType);
            case 16: return x.ArgMax(axis);
            case 17: return x.Flip(axis).T;
            case 18: return Tensor.Concat([x, x.Flip(axis)], axis);
            case 19: return x.Pad(new int[x.Rank], [.. Enumerable.Range(0, x.Rank).Select(_ => chance.Next(3))], 1);
            case 20 when x.Rank == 2:
                Tensor matrix = Number(chance, x);
                return matrix.MatMul(matrix.T);
            default: return x.Gather(x.ArgMin(x.Rank - 1).Reshape([.. x.Shape.Extents[..^1], 1]));
        }
    }

    static Tensor? Pair(System.Random chance, Tensor x, List<Tensor> known)
    {
        Tensor y = known[chance.Next(known.Count)];
        if (Enumerable.Range(1, Math.Min(x.Rank, y.Rank)).Any(i => x.Shape[^i] != y.Shape[^i] && x.Shape[^i] != 1 && y.Shape[^i] != 1))
        {
            return null;
        }

        (x, y) = (Number(chance, x), Number(chance, y));
        y = DTypeFacts.CanCast(x.DType, y.DType) || DTypeFacts.CanCast(y.DType, x.DType) ? y : y.To(x.DType);
        return chance.Next(8) switch
        {
            0 => x + y,
            1 => x - y,
            2 => x * y,
            3 => x.DType.IsFloating || y.DType.IsFloating ? x / y : x / (y | 1),
            4 => Tensor.Maximum(x, y),
            5 => Tensor.Minimum(x, y),
            6 => x < y,
            _ => x.DType.IsFloating || y.DType.IsFloating ? x.NotEqualTo(y) : (x & y) ^ (x | y),
        };
    }

    static Tensor Function(System.Random chance, Tensor x) => chance.Next(6) switch
    {
        0 => x.Tanh(),
        1 => Tensor.Minimum(x, Tensor.Full(Shape.Scalar, 3, x.DType)).Exp(),
        2 => x.Abs().Sqrt(),
        3 => x.Sigmoid(),
        4 => x.Abs().Log1p(),
        _ => x.Rank == 0 ? x.Erf() : x.Mean([-1], keepAxes: true),
    };

    static Tensor Number(System.Random chance, Tensor x)
    {
        DType type = Type(chance);
        return x.DType != DType.Bool ? x : x.To(type == DType.Bool ? DType.UInt16 : type);
    }
}
