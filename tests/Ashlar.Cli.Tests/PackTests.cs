using System.Text.Json;

namespace Ashlar.Cli.Tests;

/// <summary>A training is packed, its record thrown away, and the bundle checked where nothing else is.</summary>
public sealed class PackTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Dictionary<string, string> _environment;

    public PackTests() => _environment = new Dictionary<string, string> { ["ASHLAR_HOME"] = _folder.File("lab") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bundle_is_verified_where_nothing_else_is()
    {
        Assert.Equal(0, Run($"train digits --epochs 2 --train-count 96 --test-count 20 --seed 7 --out {_folder.File("model")} --json").Code);
        string file = _folder.File("digits.zip");
        ToolResult packed = Run($"pack @last --out {file} --license MIT --json");
        Assert.True(packed.Code == 0, packed.Errors);
        ToolResult again = Run($"pack @last --out {_folder.File("again.zip")} --license MIT --json");
        Assert.Equal(packed.Json.GetProperty("sha256").GetString(), again.Json.GetProperty("sha256").GetString());
        Directory.Delete(_folder.File("lab"), recursive: true);
        Directory.Delete(_folder.File("model"), recursive: true);

        ToolResult verified = Run($"verify {file} --json");

        Assert.True(verified.Code == 0, verified.Output + verified.Errors);
        JsonElement[] reports = [.. verified.Json.GetProperty("reports").EnumerateArray()];
        Assert.Equal("equal", verified.Json.GetProperty("verdict").GetString());
        Assert.Contains(reports[1].GetProperty("claims").EnumerateArray(), row => row.GetProperty("claim").GetString() == "weights" && row.GetProperty("verdict").GetString() == "equal");
        Assert.Matches("^the bundle\nclaim +recorded", Run($"verify {file} --level 0").Output);

        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        ToolResult changed = Run($"verify {file}");
        Assert.Equal(3, changed.Code);
        Assert.Matches("(?m)^file .+its bytes are not those of the manifest +differs$", changed.Output);
        Assert.DoesNotContain("\nrun ", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_packed_or_verified_is_said()
    {
        Assert.Equal((1, $"error: @last: there is no run in {_folder.File("lab/runs")}. Make one: ashlar run SCRIPT.cs\n"), Said("pack @last --out x.zip"));
        (int code, string message) = Said("verify nothing.zip");
        Assert.Equal(1, code);
        Assert.StartsWith("error: verify: nothing.zip cannot be read: ", message, StringComparison.Ordinal);
        Assert.Equal(2, Run("pack @last").Code);

        (int, string) Said(string arguments)
        {
            ToolResult result = Run(arguments);
            return (result.Code, result.Errors);
        }
    }

    ToolResult Run(string arguments) => Tool.Run(arguments, _environment);
}
