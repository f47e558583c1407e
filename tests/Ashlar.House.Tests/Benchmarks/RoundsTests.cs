using Ashlar.Bench;

namespace Ashlar.House.Tests.Benchmarks;

public sealed class RoundsTests
{
    static readonly Row Work = new("work", "size", new Target(2, 3)) { Peer = "a.b", Inputs = [], Product = _ => () => [] };

    [Fact]
    public void The_ratio_is_the_median_of_the_rounds_ratios_not_the_ratio_of_the_medians()
    {
        var rounds = new Rounds("peer");
        rounds.Add(1, 2);
        rounds.Add(2, 20);
        rounds.Add(10, 40);

        Result result = rounds.Summary("family", Work, threads: 1);

        Assert.Equal((2, 20, 4), (result.Product, result.Peer, result.Ratio));
        Assert.Equal((3, 7), (result.Low, result.High));
    }

    [Theory]
    [InlineData(1, 2.0, 0, "met")]
    [InlineData(2, 2.0, 0, "short")]
    [InlineData(2, 3.0, 0, "met")]
    [InlineData(2, 3.0, 1e-3, "wrong")]
    public void The_verdict_is_by_the_target_of_the_thread_count_and_by_the_error(int threads, double peer, double error, string verdict)
    {
        var rounds = new Rounds("peer");
        rounds.Add(1, peer);

        Assert.Equal(verdict, (rounds.Summary("family", Work, threads) with { Error = error, Bound = 1e-4 }).Verdict);
    }

    [Fact]
    public void A_second_peer_stands_beside_the_first()
    {
        var rounds = new Rounds("peer") { BesideName = "other" };
        rounds.Add(2, 4, 10);

        Assert.Equal(new Result.Other("other", 10, 5), rounds.Summary("family", Work, threads: 1).Beside);
    }

    [Fact]
    public void The_program_as_built_stands_beside_the_published_one()
    {
        var rounds = new Rounds("peer");
        rounds.Add(1, 4);
        rounds.AddBuilt(8, 4);

        Assert.Equal(new Result.Built(8, 0.5), rounds.Summary("family", Work, threads: 1).AsBuilt);
    }

    [Theory]
    [InlineData("--fast", "bench: --fast is no option.")]
    [InlineData("--only", "bench: --only wants a value.")]
    [InlineData("--threads", "bench: 0 is no count of threads.", "0")]
    public void A_wrong_command_line_is_refused(string option, string message, params string[] values)
        => Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Options.Parse([option, .. values])).Message, StringComparison.Ordinal);
}
