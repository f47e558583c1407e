using System.Text.Json;

namespace Ashlar.Lab;

/// <summary>What is asked of a program that is started to repeat a run: a file of JSON that <see cref="Variable"/> names.</summary>
/// <param name="Data">Where files of data are now, by the names that the run gave them.</param>
/// <param name="Resume">A checkpoint to go on from, or null to begin anew.</param>
/// <param name="StopAt">The step behind which to end, or null to go to the end.</param>
/// <param name="Evaluate">A model of the run to measure in place of training, or null.</param>
public sealed record ReproductionRequest(IReadOnlyDictionary<string, string> Data, string? Resume = null, long? StopAt = null, string? Evaluate = null)
{
    /// <summary>The variable of the environment that names the file.</summary>
    public const string Variable = "ASHLAR_REPRODUCTION";

    /// <summary>What this process is asked for, or null: it does not repeat a run.</summary>
    /// <exception cref="LabException">The file that <see cref="Variable"/> names is missing or damaged.</exception>
    public static ReproductionRequest? Current { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? Read(path) : null;

    /// <summary>Where a file of data is to be read.</summary>
    /// <param name="name">Of the file in the run.</param>
    /// <param name="path">Where the program would read it.</param>
    public string PathOf(string name, string path) => Data.GetValueOrDefault(name, path);

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, LabJson.Files.ReproductionRequest));

    static ReproductionRequest Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LabJson.Files.ReproductionRequest) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new LabException($"{Variable}: {path} cannot be read: {e.Message} Unset the variable, or start the program with ashlar reproduce.", e);
        }
    }
}
