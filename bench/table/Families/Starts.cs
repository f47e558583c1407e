namespace Ashlar.Bench.Families;

/// <summary>What a new process waits for, and how much memory training takes: each figure is a process of its own.</summary>
static class Starts
{
    const string Torch = "torch";
    const double Share = 1 / 0.7;

    public static IEnumerable<IRow> Rows()
    {
        yield return new SpecialRow("cold start to a result", "tanh(256x256 product)", new(8, 8), (options, threads) => Repeat(options, threads, ["result"], child => child.Seconds));
        foreach (string model in (string[])["cnn", "transformer"])
        {
            yield return new SpecialRow("cold start to a training step, limit 1 s", model, new(1, 1), (options, threads) => Repeat(options, threads, ["step", model], child => child.Seconds, limit: 1));
            yield return new SpecialRow("first step of an unseen model, limit 0.5 s", model, new(1, 1), (options, threads) => Repeat(options, threads, ["warm-step", model], child => child.Numbers[0], limit: 0.5));
            yield return Memory("peak memory of training", model, child => child.Numbers[1] - child.Numbers[0]);
            yield return Memory("peak memory of training, whole process", model, child => child.Numbers[1]);
        }
    }

    static SpecialRow Memory(string name, string model, Func<(double Seconds, double[] Numbers), double> kilobytes) =>
        new(name, model, new(Share, Share), (options, threads) => Repeat(options, threads, ["memory", model], child => kilobytes(child) / 1024)) { Unit = "MiB" };

    // New processes of both sides in turn. Where the product is the published program, the first round has the built one too.
    static Rounds Repeat(Options options, int threads, string[] work, Func<(double Seconds, double[] Numbers), double> figure, double? limit = null)
    {
        Rounds rounds = limit is null ? new(Torch) : new("the limit") { BesideName = Torch };
        for (int i = 0; i < options.Processes; i++)
        {
            double product = figure(Child.OfProduct(threads, work));
            double peer = figure(Child.OfPeer(threads, work));
            rounds.Add(product, limit ?? peer, limit is null ? null : peer);
            if (i == 0 && Child.IsPublished)
            {
                rounds.AddBuilt(figure(Child.OfBuilt(threads, work)), limit ?? peer);
            }
        }

        return rounds;
    }
}
