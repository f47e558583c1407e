using System.Diagnostics;
using System.Text.Json;

namespace Ashlar.Cli.Tests;

public sealed class TrainTests(TrainedDigits trained) : IClassFixture<TrainedDigits>
{
    [Fact]
    public void The_digits_are_learned_in_half_the_usual_epochs()
        => Assert.InRange(trained.Report.GetProperty("testAccuracy").GetDouble(), 0.98, 1);

    [Fact]
    public void The_line_for_programs_has_every_property_in_order()
    {
        JsonElement report = trained.Report;
        Assert.Equal(
            ["dataset", "epochs", "testAccuracy", "trainLoss", "weightsSha256", "seconds", "samplesPerSecond", "peakBytes", "kernelsCompiled", "modelPath", "run"],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal("digits", report.GetProperty("dataset").GetString());
        Assert.Equal(10, report.GetProperty("epochs").GetInt32());
        Assert.Matches("^[0-9a-f]{64}$", report.GetProperty("weightsSha256").GetString());
        Assert.True(report.GetProperty("seconds").GetDouble() > 0);
        Assert.True(report.GetProperty("samplesPerSecond").GetDouble() > 0);
        Assert.True(report.GetProperty("peakBytes").GetInt64() > 10_000_000);
        Assert.True(report.GetProperty("kernelsCompiled").GetInt64() > 0);
        Assert.InRange(report.GetProperty("trainLoss").GetDouble(), 0, 0.5);
        Assert.Equal(Path.Combine(trained.Folder, "model.safetensors"), report.GetProperty("modelPath").GetString());
    }

    [Fact]
    public void The_hash_is_that_of_the_saved_file()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(trained.Folder, "model.safetensors"));
        Assert.Equal(WeightsHash.Of(file.ReadAll()), trained.Report.GetProperty("weightsSha256").GetString());
        Assert.Equal("digits", file.Metadata["dataset"]);
        Assert.Equal("7", file.Metadata["seed"]);
        Assert.Equal("1", file.Metadata["numerics"]);
    }

    [Fact]
    public void People_see_dataset_layers_epochs_and_the_end()
    {
        using var folder = new TemporaryFolder();
        ToolResult result = Tool.Run($"train digits --epochs 2 --train-count 64 --test-count 20 --out {folder.Path}");
        Assert.Equal(0, result.Code);
        Assert.Contains("1 x 8 x 8", result.Output, StringComparison.Ordinal);
        Assert.Contains("Conv2d(32, 64, 3, padding: 1)   [1, 64, 8, 8]              18,496   2.363", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"test accuracy \d+\.\d\d%  \d+\.\d s  [\d,]+ images/s  peak memory \d+ MiB\nweights [0-9a-f]{64}\nmodel   .*model.safetensors\nrun     \d{8}-\d{6}-[a-z2-9]{6}   again, and compared: ashlar reproduce @last\n$", result.Output);
        Assert.Matches(@"^epoch 1/2  mean loss \d\.\d{4}  test accuracy \d+\.\d\d%  \d+\.\d s\nepoch 2/2 .*\n$", result.Errors);
        Assert.DoesNotContain('\u001b', result.Output + result.Errors);
    }

    [Fact]
    public void Any_dataset_in_IDX_files_can_be_learned()
    {
        using var folder = new TemporaryFolder();
        IdxFiles.Write(folder.Path, images: 40, size: 12);
        JsonElement report = Tool.Run($"train stripes --data {folder.Path} --classes 2 --epochs 8 --batch 4 --lr 0.01 --out {folder.Path}/model --json").Json;
        Assert.Equal("stripes", report.GetProperty("dataset").GetString());
        Assert.Equal(1, report.GetProperty("testAccuracy").GetDouble());
        JsonElement first = Tool.Run($"predict {folder.Path}/model {folder.Path}/t10k-images-idx3-ubyte --index 0 --json").Json;
        JsonElement second = Tool.Run($"predict {folder.Path}/model {folder.Path}/t10k-images-idx3-ubyte --index 1 --json").Json;
        Assert.Equal((0, 1), (first.GetProperty("class").GetInt32(), second.GetProperty("class").GetInt32()));
    }

    [Fact]
    public void Interrupted_it_saves_a_model_that_can_be_used()
    {
        using var folder = new TemporaryFolder();
        using Process process = Tool.Start($"train digits --epochs 10000 --out {folder.Path}", new Dictionary<string, string>());
        Assert.StartsWith("epoch 1/10000", process.StandardError.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        process.StandardError.ReadToEnd();
        Assert.Matches(@"\ninterrupted after step \d+; test accuracy .*\nweights [0-9a-f]{64}\nmodel .*\nrun .*\nThe same command with --resume goes on from here\.\n$", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(0, Tool.Run($"predict {folder.Path} {Drawing.PathOf("one")}").Code);
    }

    [Fact]
    public void Killed_and_resumed_it_gives_the_weights_of_a_run_that_was_not()
    {
        const string Run = "train digits --epochs 4 --train-count 256 --test-count 50 --seed 7 --json --checkpoint-every 3";
        using var folder = new TemporaryFolder();
        string whole = Tool.Run($"{Run} --out {folder.Path}/whole").Json.GetProperty("weightsSha256").GetString()!;
        using (Process process = Tool.Start($"{Run} --out {folder.Path}/killed", new Dictionary<string, string>()))
        {
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("epoch 2/4", StringComparison.Ordinal))
            {
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.False(File.Exists(Path.Combine(folder.Path, "killed", "model.safetensors")));
        ToolResult resumed = Tool.Run($"{Run} --resume --out {folder.Path}/killed");
        Assert.Equal(0, resumed.Code);
        Assert.Equal(whole, resumed.Json.GetProperty("weightsSha256").GetString());
        Assert.StartsWith("error: TrainingCheckpoint.Load: ", Tool.Run($"{Run} --lr 0.5 --resume --out {folder.Path}/killed").Errors.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_saves_nothing()
    {
        using var folder = new TemporaryFolder();
        ToolResult fast = Tool.Run($"train digits --fast-dev-run --out {folder.Path}/model");
        Assert.Equal(0, fast.Code);
        Assert.Matches(@"\ntried 2 steps, last mean loss \d\.\d{4}, accuracy \d+\.\d\d% on what was measured; nothing was saved\n$", fast.Output);
        ToolResult overfit = Tool.Run($"train digits --overfit-batches 1 --epochs 60 --out {folder.Path}/model");
        Assert.Matches(@"\ntried 60 steps, last mean loss 0\.\d{4}, accuracy 100\.00% on what was measured; nothing was saved\n$", overfit.Output);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "model")));
    }

    [Theory]
    [InlineData("--resume", "train: --resume finds no checkpoint at ")]
    [InlineData("--fast-dev-run --overfit-batches 2", "train: --fast-dev-run, --overfit-batches and --resume exclude each other. Give one of them.")]
    public void What_cannot_be_is_wrong_usage(string options, string message)
    {
        using var folder = new TemporaryFolder();
        ToolResult result = Tool.Run($"train digits {options} --out {folder.Path}/none");
        Assert.Equal(2, result.Code);
        Assert.StartsWith($"error: {message}", result.Errors, StringComparison.Ordinal);
    }
}
