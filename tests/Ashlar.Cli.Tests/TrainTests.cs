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
            ["dataset", "epochs", "testAccuracy", "trainLoss", "weightsSha256", "seconds", "samplesPerSecond", "peakBytes", "kernelsCompiled", "modelPath"],
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
        Assert.Matches(@"test accuracy \d+\.\d\d%  \d+\.\d s  [\d,]+ images/s  peak memory \d+ MiB\nweights [0-9a-f]{64}\nmodel   .*model.safetensors\n$", result.Output);
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
        Assert.Matches(@"\ninterrupted after step \d+; test accuracy .*\nweights [0-9a-f]{64}\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(0, Tool.Run($"predict {folder.Path} {Drawing.PathOf("one")}").Code);
    }
}
