using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Ashlar.Onnx;
using Ashlar.Schedule;

namespace Ashlar.Models.Tests.Onnx.Law;

/// <summary>The law for imported models: threads, executors, fusion, vectors, and the rows beside a row do not show in its bits.</summary>
public sealed class ImportedLawTests
{
    const int Batch = 9;

    const string HashVariable = "ASHLAR_ONNX_LAW_HASHES";

    public static TheoryData<string> Names => [.. LawModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_threads_nor_executors_nor_fusion_change_a_bit(string name)
    {
        string expected = Hash(name, new ExecutionOptions { Executor = Executor.Reference });
        foreach (ExecutionOptions options in (ExecutionOptions[])[new() { Threads = 1 }, new() { Threads = 2 }, new() { Threads = 7 }, new() { Threads = 2, Fusion = false }, new() { Threads = 7, Executor = Executor.Interpreter }])
        {
            Assert.Equal(expected, Hash(name, options));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_alone_is_the_row_in_a_batch(string name)
    {
        OnnxModel model = LawModels.Load(name);
        Tensor rows = LawModels.Rows(name, Batch);
        byte[] together = model.Run(rows)[0].ToBytes();
        int length = together.Length / Batch;
        for (int row = 0; row < Batch; row++)
        {
            byte[] alone = model.Run(rows.Slice(0, row, 1))[0].ToBytes();
            Assert.Equal(together.AsSpan(row * length, length).ToArray(), alone);
        }

        byte[] some = model.Run(rows.Slice(0, 2, 4))[0].ToBytes();
        Assert.Equal(together.AsSpan(2 * length, 4 * length).ToArray(), some);
    }

    [Fact]
    public void The_hashes_are_repeatable()
    {
        Assert.All(LawModels.Names, name => Assert.True(LawModels.Load(name).Run(LawModels.Rows(name, Batch))[0].IsFinite().All().Item<bool>()));
        string[] hashes = Hashes();
        Assert.Equal(LawModels.Names.Count, hashes.Distinct().Count());
        Assert.Equal(hashes, Hashes());
        if (Environment.GetEnvironmentVariable(HashVariable) is { } path)
        {
            File.WriteAllLines(path, [Widths(Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated), .. hashes]);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", false, true)]
    [InlineData("DOTNET_EnableAVX2", false, false)]
    [InlineData("DOTNET_EnableHWIntrinsic", false, false)]
    public void Other_instructions_give_the_same_hashes(string variable, bool has512, bool has256)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx-law").FullName, "hashes.txt");
        var start = new ProcessStartInfo("dotnet", [typeof(ImportedLawTests).Assembly.Location, "-method", $"{typeof(ImportedLawTests).FullName}.{nameof(The_hashes_are_repeatable)}"]) { RedirectStandardOutput = true };
        start.Environment[variable] = "0";
        start.Environment[HashVariable] = path;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        string[] lines = File.ReadAllLines(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal(Widths(has512 && Vector512.IsHardwareAccelerated, has256 && Vector256.IsHardwareAccelerated), lines[0]);
        Assert.Equal(Hashes(), lines[1..]);
    }

    // A runtime that does not know a switch ignores it: the other process says what it had.
    static string Widths(bool has512, bool has256) => $"vectors of 512 bits: {has512}, of 256 bits: {has256}";

    static string[] Hashes() => [.. LawModels.Names.Select(name => Hash(name, new ExecutionOptions { Threads = 2 }))];

    static string Hash(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        return Convert.ToHexString(SHA256.HashData(LawModels.Load(name).Run(LawModels.Rows(name, Batch))[0].ToBytes()));
    }
}
