namespace Ashlar.Cli.Tests;

/// <summary>The promise of Ashlar at small scale: one command, one hash.</summary>
public sealed class DeterminismTests
{
    // Recorded with these very commands. They change only when a recipe, the numerics or the hash's definition does.
    const string Tiny = "307aef2140981afe2f3b85671d62c1bd18b92edb3964ad18128fd9f9c522d98f";
    const string Small = "9a497e46ccf20b9d6e02d3d183711d3a8b591a4ad3db0f6bb859d4b4642068b4";

    [Theory]
    [InlineData("--executor compiled", "", "")]
    [InlineData("--executor compiled --no-fusion", "", "")]
    [InlineData("--executor interpreter --threads 3", "", "")]
    [InlineData("--executor interpreter --no-fusion", "", "")]
    [InlineData("--executor reference", "", "")]
    [InlineData("--executor compiled", "DOTNET_EnableAVX2", "0")]
    [InlineData("--executor compiled", "DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("--executor interpreter", "DOTNET_EnableHWIntrinsic", "0")]
    public void Neither_executor_nor_fusion_nor_vector_width_changes_a_bit(string options, string variable, string value)
        => Assert.Equal(Tiny, Hash($"--epochs 1 --train-count 12 --test-count 2 --batch 5 {options}", variable, value));

    [Theory]
    [InlineData("--threads 1")]
    [InlineData("--threads 2")]
    [InlineData("--threads 3")]
    [InlineData("--threads 7")]
    [InlineData("--threads 7 --no-fusion")]
    [InlineData("--threads 2 --executor interpreter")]
    public void The_number_of_threads_changes_no_bit(string options)
        => Assert.Equal(Small, Hash($"--epochs 1 --train-count 320 --test-count 100 --batch 64 {options}", "", ""));

    [Fact]
    public void Another_seed_gives_other_weights()
        => Assert.NotEqual(Tiny, Hash("--epochs 1 --train-count 12 --test-count 2 --batch 5 --seed 8", "", ""));

    static string Hash(string options, string variable, string value)
    {
        using var folder = new TemporaryFolder();
        string seed = options.Contains("--seed", StringComparison.Ordinal) ? "" : " --seed 7";
        var environment = new Dictionary<string, string>();
        if (variable.Length > 0)
        {
            environment[variable] = value;
        }

        return Tool.Run($"train digits {options}{seed} --out {folder.Path} --json", environment).Json.GetProperty("weightsSha256").GetString()!;
    }
}
