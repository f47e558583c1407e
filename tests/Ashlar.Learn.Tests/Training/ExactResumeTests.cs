using System.Collections.Concurrent;
using Ashlar.Schedule;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

/// <summary>A run that was stopped and resumed in a fresh trainer is the run that was not. The full matrix with killed processes is tools/resume.</summary>
public sealed class ExactResumeTests : IDisposable
{
    static readonly ConcurrentDictionary<string, string> Whole = new(StringComparer.Ordinal);

    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-").FullName;

    public static TheoryData<string, int> Matrix => new() { { "cnn", 1 }, { "cnn", 2 }, { "cnn", 4 }, { "transformer", 1 }, { "transformer", 2 }, { "transformer", 4 } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Matrix))]
    public void Everything_is_equal_behind_any_stop(string kind, int threads)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = threads });
        string expected = Whole.GetOrAdd(kind, Uninterrupted);
        Assert.Equal(expected, Uninterrupted(kind));
        foreach (long step in Stops(kind, threads))
        {
            string folder = Path.Combine(_folder, $"{threads}-{step}");
            FitResult first = new ResumeProblem(kind, folder, seed: 1).Run(stopAt: step);
            Assert.Equal((StopReason.Cancelled, step), (first.Reason, first.Steps));
            Assert.Equal(expected, Resumed(kind, folder));
        }
    }

    [Fact]
    public void Every_checkpoint_of_a_run_leads_to_its_end()
    {
        string expected = Whole.GetOrAdd("cnn", Uninterrupted);
        var problem = new ResumeProblem("cnn", _folder, seed: 1, every: 5);
        problem.Run();
        string[] files = Directory.GetFiles(_folder, "*-*.safetensors");
        Assert.True(files.Length >= 4, string.Join(", ", files));
        foreach (string file in files)
        {
            string folder = Path.Combine(_folder, Path.GetFileNameWithoutExtension(file));
            Directory.CreateDirectory(folder);
            var resumed = new ResumeProblem("cnn", folder, seed: 2);
            resumed.Run(resume: file);
            Assert.Equal(expected, resumed.Everything(folder));
        }
    }

    [Fact]
    public void A_finished_run_that_is_resumed_stays_as_it_is()
    {
        var problem = new ResumeProblem("cnn", _folder, seed: 1);
        FitResult result = problem.Run();
        string end = problem.Everything(_folder);
        var resumed = new ResumeProblem("cnn", _folder, seed: 2);
        FitResult again = resumed.Run(resume: Path.Combine(_folder, "end.safetensors"));
        Assert.Equal((result.Reason, result.Steps, result.Epochs, result.Loss), (again.Reason, again.Steps, again.Epochs, again.Loss));
        Assert.Equal(result.Values, again.Values);
        Assert.Equal(end, resumed.Everything(_folder));
    }

    // Some at random, and both sides of an epoch's end and of a validation.
    static long[] Stops(string kind, int threads)
    {
        int all = kind == "cnn" ? 18 : 12;
        int[] drawn = Tensor.RandomInteger(RandomKey.FromSeed(threads), new Shape(1), 1, all).To(DType.Int32).ToArray<int>();
        return [.. drawn.Select(step => (long)step).Concat(kind == "cnn" ? [4, 6, 7] : [2, 3]).Distinct()];
    }

    string Uninterrupted(string kind)
    {
        string folder = Path.Combine(_folder, $"whole {Directory.GetDirectories(_folder).Length}");
        var problem = new ResumeProblem(kind, folder, seed: 1);
        FitResult result = problem.Run();
        Assert.Equal((StopReason.Finished, kind == "cnn" ? 18 : 13L), (result.Reason, result.Steps));
        return problem.Everything(folder);
    }

    static string Resumed(string kind, string folder)
    {
        var resumed = new ResumeProblem(kind, folder, seed: 2);
        Assert.Equal(StopReason.Finished, resumed.Run(resume: Path.Combine(folder, "last.safetensors")).Reason);
        return resumed.Everything(folder);
    }
}
