namespace Ashlar.Bench.Families;

/// <summary>Sums, means and positions of maxima: all of an array, its rows, its columns.</summary>
static class Reductions
{
    public static IEnumerable<Row> Rows()
    {
        foreach ((string name, Func<Tensor, int?, Tensor> reduce) in ((string, Func<Tensor, int?, Tensor>)[])
        [
            ("sum", (x, axis) => axis is int one ? x.Sum([one]) : x.Sum()),
            ("mean", (x, axis) => axis is int one ? x.Mean([one]) : x.Mean()),
            ("argmax", (x, axis) => axis is int one ? x.ArgMax(one) : x.ArgMax()),
        ])
        {
            yield return Over(name, "all", null, reduce, 1 << 16);
            yield return Over(name, "all", null, reduce, 1 << 24);
            yield return Over(name, "rows", 1, reduce, 1024, 1024);
            yield return Over(name, "columns", 0, reduce, 1024, 1024);
            yield return Over(name, "middle", 1, reduce, 32, 64, 784);
        }
    }

    static Row Over(string name, string which, int? axis, Func<Tensor, int?, Tensor> reduce, params int[] shape) => new($"{name} {which}", string.Join('x', shape), new(1.2, 1))
    {
        Peer = $"reductions.{name}",
        Inputs = [Input.Normal(shape)],
        Arguments = axis is int one ? new Dictionary<string, object> { ["axis"] = one } : new Dictionary<string, object>(),
        Product = Row.Of(x => reduce(x[0], axis)),
        Bound = name == "argmax" ? 0 : 2e-5,
    };
}
