namespace Ashlar.Bench.Families;

/// <summary>What an operation costs apart from its elements: chains of operations on 8 numbers, recorded, found in the plan cache, run and read.</summary>
static class Dispatch
{
    public static IEnumerable<Row> Rows()
    {
        foreach (int operations in (int[])[10, 100, 1000])
        {
            yield return Chain("small operations", operations, new(8, 8), "dispatch.torch_chain");
            yield return Chain("small operations, against NumPy", operations, new(1, 1), "dispatch.numpy_chain");
        }
    }

    static Row Chain(string name, int operations, Target target, string peer) => new(name, $"{operations}", target)
    {
        Peer = peer,
        Inputs = [Input.Normal(8), Input.Uniform(0.5, 1, 8)],
        Arguments = new Dictionary<string, object> { ["operations"] = operations },
        Product = Row.Of(x => Record(x[0], x[1], operations)),
        Bound = 1e-5,
    };

    // Products, sums with a number, maxima and differences in turn.
    static Tensor Record(Tensor x, Tensor y, int operations)
    {
        Tensor z = x;
        for (int i = 0; i < operations; i++)
        {
            z = (i % 4) switch { 0 => z * y, 1 => z + 0.5, 2 => z.Relu(), _ => z - y };
        }

        return z;
    }
}
