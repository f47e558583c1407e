using System.Text.Json.Nodes;
using Ashlar.Bench;

namespace Ashlar.House.Tests.Benchmarks;

public sealed class MedianRunTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("median").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_row_is_that_of_the_middle_run_with_all_its_figures()
    {
        JsonNode row = Median(Run(ratio: 0.8), Run(ratio: 1.5), Run(ratio: 0.9))["rows"]![0]!;
        Assert.Equal(0.9, row["ratio"]!.GetValue<double>());
        Assert.Equal(9, row["product"]!.GetValue<double>());
        Assert.Equal([0.8, 1.5, 0.9], row["ratios"]!.AsArray().Select(ratio => ratio!.GetValue<double>()));
    }

    [Fact]
    public void Of_two_runs_the_worse_one_stands()
        => Assert.Equal(0.8, Median(Run(ratio: 1.5), Run(ratio: 0.8))["rows"]![0]!["ratio"]!.GetValue<double>());

    [Fact]
    public void A_result_that_was_wrong_once_is_wrong()
        => Assert.Equal("wrong", Median(Run(ratio: 0.8), Run(ratio: 0.9), Run(ratio: 1.5, error: 1))["rows"]![0]!["verdict"]!.GetValue<string>());

    [Fact]
    public void The_machine_says_how_many_runs_there_were()
        => Assert.Equal(3, Median(Run(1), Run(1), Run(1))["machine"]!["runs"]!.GetValue<int>());

    [Fact]
    public void A_row_that_is_not_in_all_runs_is_refused()
        => Assert.Equal("bench: softmax 4x4 on 1 threads is in 1 of 2 runs. Measure it in all.", Assert.Throws<ArgumentException>(() => Median(Run(1), Run(1, threads: 2))).Message);

    [Fact]
    public void Runs_of_different_machines_are_refused()
        => Assert.Equal("bench: these runs are of different machines or windows. Measure them on one.", Assert.Throws<ArgumentException>(() => Median(Run(1), Run(1, cpu: "other"))).Message);

    JsonNode Median(params string[] runs)
    {
        string[] files = [.. runs.Select((_, index) => Path.Combine(_folder, $"{index}.json"))];
        foreach ((string file, string run) in files.Zip(runs))
        {
            File.WriteAllText(file, run);
        }

        return JsonNode.Parse(MedianRun.Of(files))!;
    }

    static string Run(double ratio, double error = 0, int threads = 1, string cpu = "one")
    {
        var machine = new JsonObject { ["cpu"] = cpu, ["quick"] = true, ["load"] = "1", ["loadAtEnd"] = "1" };
        var row = new Result { Family = "norms", Name = "softmax", Size = "4x4", Threads = threads, Product = ratio * 10, Peer = 1, PeerName = "torch", Ratio = ratio, Low = ratio, High = ratio, Target = 1, Error = error };
        return Report.Document(machine, [row]);
    }
}
