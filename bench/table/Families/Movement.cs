namespace Ashlar.Bench.Families;

/// <summary>Order, prefix sums, and what moves elements.</summary>
static class Movement
{
    static readonly Target Even = new(1, 1);

    public static IEnumerable<Row> Rows()
    {
        yield return Exact("sort", "movement.sort", x => [x[0].Sort()], Input.Normal(1 << 16));
        yield return Exact("sort", "movement.sort", x => [x[0].Sort()], Input.Normal(1024, 1024));
        yield return Exact("argsort", "movement.argsort", x => [x[0].ArgSort()], Input.Normal(1 << 16));
        foreach ((int rows, int columns, int k) in ((int, int, int)[])[(64, 32000, 50), (1024, 1024, 10)])
        {
            yield return Exact($"top-{k}", "movement.topk", x => TopK(x[0], k), Input.Normal(rows, columns)) with { Arguments = new Dictionary<string, object> { ["k"] = k } };
        }

        yield return CumSum(0, 1 << 16);
        yield return CumSum(0, 1024, 1024);
        yield return CumSum(1, 1024, 1024);
        yield return Exact("gather rows", "movement.take", x => [x[0].Take(x[1])], Input.Normal(50000, 128), Input.Integers(50000, 4096));
        yield return Exact("gather elements", "movement.take_along", x => [x[0].TakeAlongAxis(x[1], 1)], Input.Normal(1024, 1024), Input.Integers(1024, 1024, 1024));
        yield return Exact("scatter-add rows", "movement.index_add", x => [x[0].At[x[1]].Add(x[2])], Input.Normal(50000, 128), Input.Integers(50000, 4096), Input.Normal(4096, 128)) with { Bound = 1e-6 };
        yield return Exact("transpose", "movement.transpose", x => [x[0].T], Input.Normal(1024, 1024));
        yield return Exact("transpose", "movement.transpose", x => [x[0].T], Input.Normal(4096, 4096));
        yield return Exact("NCHW to NHWC", "movement.nhwc", x => [x[0].Permute(0, 2, 3, 1)], Input.Normal(32, 64, 56, 56));
        yield return Exact("concat, axis 0", "movement.concat", x => [Tensor.Concat(x)], Input.Normal(512, 1024), Input.Normal(512, 1024));
        yield return Exact("concat, axis 1", "movement.concat", x => [Tensor.Concat(x, 1)], Input.Normal(1024, 256), Input.Normal(1024, 512), Input.Normal(1024, 256)) with
        {
            Arguments = new Dictionary<string, object> { ["axis"] = 1 },
        };
    }

    static Tensor[] TopK(Tensor x, int k)
    {
        (Tensor values, Tensor indices) = x.TopK(k);
        return [values, indices];
    }

    static Row CumSum(int axis, params int[] shape) => Exact($"cumsum, axis {axis}", "movement.cumsum", x => [x[0].CumSum(axis)], Input.Normal(shape)) with
    {
        Arguments = new Dictionary<string, object> { ["axis"] = axis },
        Bound = 2e-5,
    };

    static Row Exact(string name, string peer, Func<Tensor[], Tensor[]> function, params Input[] inputs) => new(name, inputs[0].Shape.ToString().Trim('[', ']').Replace(",", "x").Replace(" ", ""), Even)
    {
        Peer = peer,
        Inputs = inputs,
        Product = x => () => function(x),
        Bound = 0,
    };
}
