namespace Ashlar.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train digts", "train: no dataset is named 'digts'. Known: digits, fashion-mnist, mnist. Did you mean digits? For IDX files of your own add --data DIR.")]
    [InlineData("train mnits", "train: no dataset is named 'mnits'. Known: digits, fashion-mnist, mnist. Did you mean mnist? For IDX files of your own add --data DIR.")]
    [InlineData("train digits --data x", "train: digits come with Ashlar and are not read from 'x'. Leave out --data, or call the dataset by another name.")]
    [InlineData("train digits --train-count 2000", "train: --train-count is 2000 and there are 1442 images. Ask for at most 1442.")]
    [InlineData("train digits --test-count 356", "train: --test-count is 356 and there are 355 images. Ask for at most 355.")]
    [InlineData("train digits --epochs none", "ashlar train: --epochs takes a whole number from 1 on, and got 'none'. See 'ashlar train --help'.")]
    [InlineData("train digits --threads 0", "ashlar train: --threads takes a whole number from 1 on, and got '0'. See 'ashlar train --help'.")]
    [InlineData("train digits --lr -1", "ashlar train: --lr takes a number above 0 such as 0.001, and got '-1'. See 'ashlar train --help'.")]
    [InlineData("train digits --seed 1.5", "ashlar train: --seed takes a whole number of 64 bits, and got '1.5'. See 'ashlar train --help'.")]
    [InlineData("train digits --executor fast", "ashlar train: --executor takes compiled, interpreter or reference, and got 'fast'. See 'ashlar train --help'.")]
    [InlineData("train", "ashlar train: Required argument 'DATASET' missing for command: 'train'. See 'ashlar train --help'.")]
    [InlineData("predict model", "ashlar predict: Required argument 'INPUT' missing for command: 'predict'. See 'ashlar predict --help'.")]
    [InlineData("trian digits", "ashlar: no command is named 'trian'. Did you mean train? See 'ashlar --help'.")]
    [InlineData("--fast", "ashlar: Unrecognized command or argument '--fast'. See 'ashlar --help'.")]
    [InlineData("train digits --fast 3", "ashlar train: Unrecognized command or argument '--fast'. See 'ashlar train --help'.")]
    public void Wrong_usage_ends_with_2_and_says_what_to_do(string arguments, string message)
    {
        ToolResult result = Tool.Run(arguments);
        Assert.Equal((2, "", $"error: {message}\n"), (result.Code, result.Output, result.Errors));
    }

    [Fact]
    public void Without_a_command_the_commands_are_named()
        => Assert.Equal("error: ashlar: no command is given. Say train, predict, run, runs, reproduce, sweep, onnx, pack, verify, studio or doctor. See 'ashlar --help'.\n", Tool.Run("").Errors);

    [Fact]
    public void A_missing_folder_of_data_is_named()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("none");
        ToolResult result = Tool.Run($"train kmnist --data {missing}");
        Assert.Equal((1, $"error: {missing}: there is no such folder. Pass the one that holds the four IDX files of kmnist with --data.\n"), (result.Code, result.Errors));
        result = Tool.Run($"train kmnist --data {folder.Path}");
        Assert.Equal(1, result.Code);
        Assert.StartsWith($"error: {folder.Path}: 4 of the 4 files of an IDX dataset are missing. Looked for train-images-idx3-ubyte and train-images-idx3-ubyte.gz, ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_shows_where_it_came_from_only_when_asked()
    {
        Assert.DoesNotContain("   at ", Tool.Run("predict none none").Errors, StringComparison.Ordinal);
        Assert.Contains("   at Ashlar.Cli.PredictCommand", Tool.Run("predict none none", new Dictionary<string, string> { ["ASHLAR_DEBUG"] = "1" }).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "ashlar train digits")]
    [InlineData("train --help", "--train-count")]
    [InlineData("train --help", "ashlar train kmnist --data DIR --out models/kmnist")]
    [InlineData("predict --help", "ashlar predict .ashlar/models/digits three.png")]
    [InlineData("predict --help", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 differs, 130 interrupted.")]
    public void Help_has_options_examples_and_exit_codes(string arguments, string text)
    {
        ToolResult result = Tool.Run(arguments);
        Assert.Equal((0, ""), (result.Code, result.Errors));
        Assert.Contains(text, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_said() => Assert.Matches(@"^0\.1\.0(\+[0-9a-f]+)?\n$", Tool.Run("--version").Output);
}
