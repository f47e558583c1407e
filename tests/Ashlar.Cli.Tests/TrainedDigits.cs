using System.Text.Json;

namespace Ashlar.Cli.Tests;

/// <summary>A model of the digits, trained once for all tests of a class.</summary>
public sealed class TrainedDigits : IDisposable
{
    public TrainedDigits()
    {
        Folder = Directory.CreateTempSubdirectory("ashlar-").FullName;
        Report = Tool.Run($"train digits --seed 7 --epochs 10 --out {Folder} --json").Json;
    }

    public string Folder { get; }

    public JsonElement Report { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
