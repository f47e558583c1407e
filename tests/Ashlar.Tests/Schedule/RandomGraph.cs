using Ashlar.Primitives;

namespace Ashlar.Tests.Schedule;

/// <summary>Graphs drawn from a seed: the same seed records the same operations anew.</summary>
static class RandomGraph
{
    static readonly int[][] Shapes = [[], [1], [5], [33], [3, 1], [3, 5], [4, 33], [2, 3, 5], [2, 1, 7], [1, 40, 2], [17, 16], [2, 4100]];

    /// <summary>A few results of one graph over leaves of a floating dtype, recorded but not evaluated.</summary>
    public static Tensor[] Draw(int seed, int operations, DType type = DType.Float32)
    {
        var chance = new System.Random(seed);
        var known = new List<Tensor>();
        for (int i = 0; i < 4; i++)
        {
            known.Add(Leaf(chance, Shapes[chance.Next(Shapes.Length)]).To(type));
        }

        for (int made = 0, tries = 0; made < operations && tries < 20 * operations; tries++)
        {
            Tensor x = known[chance.Next(known.Count)];
            Tensor? next = Next(chance, x, known);
            if (next is not null && next.Size <= 20_000)
            {
                known.Add(next);
                made++;
            }
        }

        return [known[^1], known[^2], known[chance.Next(4, known.Count)]];
    }

    static Tensor Leaf(System.Random chance, int[] shape)
    {
        var values = new float[new Shape(shape).Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = chance.Next(40) switch
            {
                0 => 0f,
                1 => -0f,
                2 => 1e-41f,
                _ => (chance.NextSingle() * 4) - 2,
            };
        }

        return Tensor.From(values, shape);
    }

    static Tensor? Next(System.Random chance, Tensor x, List<Tensor> known)
    {
        switch (chance.Next(28))
        {
            case 0: return -x;
            case 1: return x.Abs().Sqrt();
            case 2: return Tensor.Minimum(x, Tensor.Full(Shape.Scalar, 3)).Exp();
            case 3: return x.Tanh();
            case 4: return x.Sigmoid();
            case 5: return x.Erf();
            case 6: return x.Relu();
            case 7: return (x * 0.75) + 0.125;
            case 8 or 9 or 10 or 11: return Pair(chance, x, known);
            case 12: return Tensor.Where(x > 0.25, x, x * x);
            case 13 or 14: return Reduced(chance, x);
            case 15: return x.Rank == 0 ? null : (x - x.Max([-1], keepAxes: true)).Exp() / (x - x.Max([-1], keepAxes: true)).Exp().Sum([-1], keepAxes: true);
            case 16: return x.Rank < 2 ? null : x.T;
            case 17: return x.Reshape(-1);
            case 18: return x.Rank == 0 ? null : x.Flip(chance.Next(x.Rank));
            case 19: return Sliced(chance, x);
            case 20: return x.Rank == 0 ? null : x.Pad(Draws(chance, x.Rank, 3), Draws(chance, x.Rank, 3), 0.5);
            case 21: return x.Rank == 0 ? null : Tensor.Concat([x, x * 2], chance.Next(x.Rank));
            case 22: return x.Rank != 2 ? null : x.MatMul(x.T);
            case 23: return (x * 10).To(DType.Int32).To(DType.Float32);
            default: return Indexed(chance, x);
        }
    }

    static Tensor? Pair(System.Random chance, Tensor x, List<Tensor> known)
    {
        Tensor y = known[chance.Next(known.Count)];
        if (!Broadcasts(x.Shape, y.Shape))
        {
            return null;
        }

        return chance.Next(6) switch
        {
            0 => x + y,
            1 => x - y,
            2 => x * y,
            3 => x / ((y * y) + 1),
            4 => Tensor.Maximum(x, y),
            _ => Tensor.Where(x < y, x, y),
        };
    }

    static Tensor? Reduced(System.Random chance, Tensor x)
    {
        if (x.Rank == 0 || x.Size == 0)
        {
            return null;
        }

        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(_ => chance.Next(2) == 0)];
        axes = axes.Length == 0 ? [chance.Next(x.Rank)] : axes;
        bool keep = chance.Next(2) == 0;
        return chance.Next(4) switch
        {
            0 => x.Sum(axes, keep),
            1 => x.Mean(axes, keep),
            2 => x.Max(axes, keep),
            _ => x.Min(axes, keep),
        };
    }

    static Tensor? Sliced(System.Random chance, Tensor x)
    {
        if (x.Rank == 0)
        {
            return null;
        }

        int axis = chance.Next(x.Rank);
        int count = 1 + chance.Next(x.Shape[axis]);
        int step = count > 1 && chance.Next(2) == 0 ? -1 : 1;
        var starts = new int[x.Rank];
        int[] extents = [.. x.Shape];
        var steps = new int[x.Rank];
        steps.AsSpan().Fill(1);
        starts[axis] = step < 0 ? count - 1 : x.Shape[axis] - count;
        extents[axis] = count;
        steps[axis] = step;
        return new Tensor(Op.Slice(x.Node, starts, extents, steps));
    }

    static Tensor? Indexed(System.Random chance, Tensor x)
    {
        if (x.Rank == 0 || x.Size == 0)
        {
            return null;
        }

        int axis = chance.Next(x.Rank);
        Tensor places = Tensor.From(Draws(chance, 3, x.Shape[axis]), 3);
        return chance.Next(6) switch
        {
            0 => x.Take(places, axis),
            1 => x.MoveAxis(axis, 0).At[places - x.Shape[axis]].Add(x.Take(places, axis).MoveAxis(axis, 0) * 0.5),
            2 => x.MoveAxis(axis, 0).At[places].Max(x.MoveAxis(axis, 0)[^1]),
            3 => x.Sort(axis),
            4 => (x * 0.25).CumSum(axis, reverse: true),
            _ => x.CumMax(axis),
        };
    }

    static int[] Draws(System.Random chance, int count, int below) => [.. Enumerable.Range(0, count).Select(_ => chance.Next(below))];

    static bool Broadcasts(Shape a, Shape b)
    {
        for (int i = 1; i <= Math.Min(a.Rank, b.Rank); i++)
        {
            if (a[a.Rank - i] != b[b.Rank - i] && a[a.Rank - i] != 1 && b[b.Rank - i] != 1)
            {
                return false;
            }
        }

        return true;
    }
}
