using Ashlar.Lab.Sweeps;

namespace Ashlar.Lab.Tests.Sweeps;

public sealed class SweepRunnerTests : IDisposable
{
    const string Tpe = """{"program": "a.cs", "metric": "m", "method": "tpe", "trials": 14, "startup": 6, "batch": 4, "seed": 9, "parameters": {"x": {"min": 0, "max": 1}, "n": {"min": 1, "max": 50, "integer": true, "scale": "log"}}}""";
    const string Halving = """{"program": "a.cs", "metric": "m", "method": "halving", "trials": 12, "parameters": {"x": {"min": 0, "max": 1}}, "budget": {"setting": "epochs", "min": 1, "max": 9}}""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Tpe)]
    [InlineData(Halving)]
    public void Any_number_of_workers_gives_the_same_sweep_in_whatever_order_trials_end(string json)
    {
        string[] one = Sweep(json, 1);

        Assert.Equal(one, Sweep(json, 2));
        Assert.Equal(one, Sweep(json, 5));
    }

    [Theory]
    [InlineData(Tpe)]
    [InlineData(Halving)]
    public void A_sweep_that_was_cut_off_goes_on_where_it_stood(string json)
    {
        string[] whole = Sweep(json, 1);
        SweepFolder folder = Create(json);
        int runs = 0;
        Assert.False(Runner(folder, trial => Interlocked.Increment(ref runs) > 7 ? null : Outcome(trial)).Run(2, TestContext.Current.CancellationToken));
        int over = folder.Outcomes.Count;
        File.AppendAllText(Path.Combine(folder.Path, "trials.jsonl"), "{\"trial\":3,\"ru");

        SweepFolder again = SweepFolder.Find(new LabFolder(_folder.Path), folder.Id);
        Assert.Equal(over, again.Outcomes.Count);
        Assert.True(Runner(again, Outcome).Run(3, TestContext.Current.CancellationToken));

        Assert.Equal(whole, Lines(SweepFolder.Find(new LabFolder(_folder.Path), folder.Id)));
    }

    [Fact]
    public void Numbers_that_are_no_numbers_come_back()
    {
        SweepFolder folder = Create(Tpe);
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1, -0.0];

        for (int i = 0; i < values.Length; i++)
        {
            folder.Add(i, new SweepOutcome("run", i == 0 ? RunState.Failed : RunState.Finished, values[i]));
        }

        SweepFolder read = SweepFolder.Find(new LabFolder(_folder.Path), folder.Id[..15]);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.Outcomes.Values.Select(outcome => BitConverter.DoubleToInt64Bits(outcome.Value)));
        Assert.Equal([RunState.Failed, RunState.Finished], read.Outcomes.Values.Take(2).Select(outcome => outcome.State));
    }

    [Fact]
    public void A_program_that_always_fails_is_given_up()
    {
        SweepFolder folder = Create(Tpe);

        var e = Assert.Throws<SweepException>(() => Runner(folder, trial => new SweepOutcome($"run{trial.Number}", RunState.Failed, double.NaN)).Run(2, TestContext.Current.CancellationToken));

        Assert.Equal($"sweep {folder.Id}: the first 3 trials failed, so no more are begun. See why: ashlar runs show run0", e.Message);
        Assert.InRange(folder.Outcomes.Count, 3, 6);
    }

    [Fact]
    public void What_a_trial_throws_comes_out_when_the_others_are_over()
    {
        SweepFolder folder = Create(Tpe);

        var e = Assert.Throws<IOException>(() => Runner(folder, trial => trial.Number == 2 ? throw new IOException("no room") : Outcome(trial)).Run(3, TestContext.Current.CancellationToken));

        Assert.Equal("no room", e.Message);
        Assert.True(folder.Outcomes.ContainsKey(0) && folder.Outcomes.ContainsKey(1));
    }

    [Fact]
    public void A_sweep_that_is_not_there_is_named()
    {
        var lab = new LabFolder(_folder.Path);

        Assert.Equal($"sweep: '2026' is no sweep in {Path.Combine(lab.Path, "sweeps")}. There is none yet; begin one: ashlar sweep FILE.", Assert.Throws<SweepException>(() => SweepFolder.Find(lab, "2026")).Message);
        SweepFolder folder = Create(Tpe);
        Assert.Equal(folder.Id, SweepFolder.Find(lab, "@last").Id);
        Assert.EndsWith($"The last is {folder.Id}.", Assert.Throws<SweepException>(() => SweepFolder.Find(lab, "../..")).Message, StringComparison.Ordinal);
    }

    string[] Sweep(string json, int workers)
    {
        SweepFolder folder = Create(json);
        Assert.True(Runner(folder, Outcome).Run(workers, TestContext.Current.CancellationToken));
        return Lines(folder);
    }

    SweepFolder Create(string json) => SweepFolder.Create(new LabFolder(_folder.Path), json, "test.json", "/a.cs", "");

    static SweepRunner Runner(SweepFolder folder, Func<SweepTrial, SweepOutcome?> run) => new(folder, SweepSearch.Of(folder.Spec), run);

    // Later trials of a group end earlier.
    static SweepOutcome Outcome(SweepTrial trial)
    {
        Thread.Sleep(2 * (trial.Number * 7 % 5));
        double x = trial.Values[0].Value.GetDouble();
        return new SweepOutcome($"run{trial.Number}", RunState.Finished, (x - 0.3) * (x - 0.3));
    }

    static string[] Lines(SweepFolder folder)
    {
        SweepSearch search = SweepSearch.Of(folder.Spec);
        search.Extend(folder.Results());
        return [.. search.Trials.Select(trial => $"{trial} {folder.Outcomes[trial.Number].Value:R}")];
    }
}
