using System.Diagnostics;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Law;

/// <summary>The instructions of the processor do not show in a result.</summary>
public sealed class InstructionSetTests
{
    const string DigestVariable = "ASHLAR_LAW_DIGEST";

    [Fact]
    public void The_digest_of_all_primitives_is_repeatable()
    {
        string[] digest = Digest();
        Assert.Equal(digest.Length, digest.Distinct().Count());
        Assert.Equal(digest[..50], Digest()[..50]);
        if (Environment.GetEnvironmentVariable(DigestVariable) is { } path)
        {
            File.WriteAllLines(path, digest);
        }
    }

    // The digests of this process are those of the reference: PrimitiveLawTests.
    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public void Other_instructions_give_the_same_digest(string variable, string value)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "digest.txt");
        var start = new ProcessStartInfo("dotnet", [typeof(InstructionSetTests).Assembly.Location, "-method", $"{typeof(InstructionSetTests).FullName}.{nameof(The_digest_of_all_primitives_is_repeatable)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[variable] = value;
        start.Environment[DigestVariable] = path;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        Assert.Equal(Digest(), File.ReadAllLines(path));
    }

    static string[] Digest() => [.. PrimitiveCases.All.SelectMany(LawCase.Of).Select(law => $"{law}: {law.Bits(Executions.Usual)}")];
}
