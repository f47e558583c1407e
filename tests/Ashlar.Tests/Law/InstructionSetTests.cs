using System.Diagnostics;
using System.Runtime.Intrinsics;
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
            File.WriteAllLines(path, [Widths(), .. digest]);
        }
    }

    // The digests of this process are those of the reference: PrimitiveLawTests.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", false, true)]
    [InlineData("DOTNET_EnableAVX2", false, false)]
    [InlineData("DOTNET_EnableHWIntrinsic", false, false)]
    public void Other_instructions_give_the_same_digest(string variable, bool has512, bool has256)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "digest.txt");
        var start = new ProcessStartInfo("dotnet", [typeof(InstructionSetTests).Assembly.Location, "-method", $"{typeof(InstructionSetTests).FullName}.{nameof(The_digest_of_all_primitives_is_repeatable)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[variable] = "0";
        start.Environment[DigestVariable] = path;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(Widths(has512 && Vector512.IsHardwareAccelerated, has256 && Vector256.IsHardwareAccelerated), lines[0]);
        Assert.Equal(Digest(), lines[1..]);
    }

    // A runtime that does not know a switch ignores it: the other process says what it had.
    static string Widths() => Widths(Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated);

    static string Widths(bool has512, bool has256) => $"vectors of 512 bits: {has512}, of 256 bits: {has256}";

    static string[] Digest() => [.. PrimitiveCases.All.SelectMany(LawCase.Of).Select(law => $"{law}: {law.Bits(Executions.Usual)}")];
}
