namespace Ashlar.Bench.Families;

/// <summary>What a new process waits for, and how much memory training takes: each figure is a process of its own.</summary>
static class Starts
{
    const string Torch = "torch";
    const double Share = 1 / 0.7;

    public static IEnumerable<IRow> Rows()
    {
        yield return new SpecialRow("cold start to a result", "tanh(256x256 product)", new(8, 8), (options, threads) => Repeat(options, new Rounds(Torch), rounds =>
            rounds.Add(Child.OfProduct(threads, "result").Seconds, Child.OfPeer(threads, "result").Seconds)));
        foreach (string model in (string[])["cnn", "transformer"])
        {
            yield return new SpecialRow("cold start to a training step, limit 1 s", model, new(1, 1), (options, threads) => Repeat(options, Limited(), rounds =>
                rounds.Add(Child.OfProduct(threads, "step", model).Seconds, 1, Child.OfPeer(threads, "step", model).Seconds)));
            yield return new SpecialRow("first step of an unseen model, limit 0.5 s", model, new(1, 1), (options, threads) => Repeat(options, Limited(), rounds =>
                rounds.Add(Child.OfProduct(threads, "warm-step", model).Numbers[0], 0.5, Child.OfPeer(threads, "warm-step", model).Numbers[0])));
            yield return Memory("peak memory of training", model, numbers => numbers[1] - numbers[0]);
            yield return Memory("peak memory of training, whole process", model, numbers => numbers[1]);
        }
    }

    static Rounds Limited() => new("the limit") { BesideName = Torch };

    static SpecialRow Memory(string name, string model, Func<double[], double> kilobytes) => new(name, model, new(Share, Share), (options, threads) => Repeat(options, new Rounds(Torch), rounds =>
        rounds.Add(kilobytes(Child.OfProduct(threads, "memory", model).Numbers) / 1024, kilobytes(Child.OfPeer(threads, "memory", model).Numbers) / 1024)))
    {
        Unit = "MiB",
    };

    static Rounds Repeat(Options options, Rounds rounds, Action<Rounds> round)
    {
        for (int i = 0; i < options.Processes; i++)
        {
            round(rounds);
        }

        return rounds;
    }
}
