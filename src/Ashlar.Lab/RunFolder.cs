using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ashlar.Lab.Configuration;

namespace Ashlar.Lab;

/// <summary>The files of one run, by name; see decision 012. Every file is written whole or not at all, or grows by whole lines.</summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The folder, absolute.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The run's id.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary><c>run.json</c>.</summary>
    public string RunPath => At("run.json");

    /// <summary><c>config.json</c>.</summary>
    public string ConfigPath => At("config.json");

    /// <summary><c>host.json</c>.</summary>
    public string HostPath => At("host.json");

    /// <summary><c>code.json</c>.</summary>
    public string CodePath => At("code.json");

    /// <summary><c>data.json</c>.</summary>
    public string DataPath => At("data.json");

    /// <summary><c>log.txt</c>, one <see cref="LogLine"/> a line.</summary>
    public string LogPath => At("log.txt");

    /// <summary><c>chain.jsonl</c>, one <see cref="ChainLink"/> a line.</summary>
    public string ChainPath => At("chain.jsonl");

    /// <summary><c>artifacts.jsonl</c>, one <see cref="ArtifactRecord"/> a line.</summary>
    public string ArtifactsPath => At("artifacts.jsonl");

    /// <summary><c>events</c>, a folder for each writing process.</summary>
    public string EventsPath => At("events");

    /// <summary><c>checkpoints</c>.</summary>
    public string CheckpointsPath => At("checkpoints");

    /// <summary>Makes the folder of a new run with its <c>run.json</c>.</summary>
    /// <param name="lab">Where runs are kept.</param>
    /// <param name="run">Its facts; the id names the folder.</param>
    /// <exception cref="LabException">There is a run of the id.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static RunFolder Create(LabFolder lab, RunFile run)
    {
        var folder = new RunFolder(lab.PathOf(run.Id));
        if (File.Exists(folder.RunPath))
        {
            throw new LabException($"run {run.Id}: exists already in {lab.RunsPath}. Take another id.");
        }

        Directory.CreateDirectory(folder.Path);
        folder.Write(run);
        return folder;
    }

    /// <summary>Writes <c>run.json</c> whole. Beside other writers call <see cref="Update"/>.</summary>
    public void Write(RunFile run) => Write(RunPath, run, LabJson.Files.RunFile);

    /// <summary>Writes <c>config.json</c>.</summary>
    public void Write(ConfigFile config) => Write(ConfigPath, config, LabJson.Files.ConfigFile);

    /// <summary>Writes <c>host.json</c>.</summary>
    public void Write(HostRecord host) => Write(HostPath, host, LabJson.Files.HostRecord);

    /// <summary>Writes <c>code.json</c>.</summary>
    public void Write(CodeRecord code) => Write(CodePath, code, LabJson.Files.CodeRecord);

    /// <summary>Writes <c>data.json</c>.</summary>
    public void Write(DataRecord data) => Write(DataPath, data, LabJson.Files.DataRecord);

    /// <summary>Adds a line to <c>artifacts.jsonl</c>.</summary>
    public void Append(ArtifactRecord artifact) => Append(ArtifactsPath, JsonSerializer.Serialize(artifact, LabJson.Lines.ArtifactRecord));

    /// <summary>Adds a line to <c>chain.jsonl</c>.</summary>
    public void Append(ChainLink link) => Append(ChainPath, JsonSerializer.Serialize(link, LabJson.Lines.ChainLink));

    /// <summary>Reads <c>run.json</c>, lets it be changed, and writes it. Several processes that do this wait for one another, so that no change is lost.</summary>
    /// <param name="change">Gives the new facts from those now in the file.</param>
    /// <returns>The new facts.</returns>
    /// <exception cref="LabException">The file is damaged, or another process does not let go of it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public RunFile Update(Func<RunFile, RunFile> change)
    {
        using FileStream mutex = Enter();
        RunFile run = change(ReadRun());
        Write(run);
        return run;
    }

    /// <summary>What <c>run.json</c> says.</summary>
    /// <exception cref="LabException">It is missing or damaged.</exception>
    public RunFile ReadRun()
    {
        RunFile run = Read(RunPath, LabJson.Files.RunFile);
        return run.Format == RunFile.CurrentFormat ? run : throw new LabException($"{RunPath}: has the format '{run.Format}', this program reads '{RunFile.CurrentFormat}'. Use the program that wrote it, or a newer one.");
    }

    internal ConfigFile ReadConfig() => Read(ConfigPath, LabJson.Files.ConfigFile);

    internal HostRecord ReadHost() => Read(HostPath, LabJson.Files.HostRecord);

    internal CodeRecord ReadCode() => Read(CodePath, LabJson.Files.CodeRecord);

    internal DataRecord ReadData() => Read(DataPath, LabJson.Files.DataRecord);

    static T Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new LabException($"{path}: is null where values should be. Restore it, or delete the run.");
        }
        catch (JsonException e)
        {
            throw new LabException($"{path}: is damaged at line {e.LineNumber + 1}: {e.Message} Restore it, or delete the run.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "is missing" : e.Message)}. Restore it, or delete the run.", e);
        }
    }

    static void Write<T>(string path, T value, JsonTypeInfo<T> type) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, value, type);
        stream.WriteByte((byte)'\n');
    });

    // One call writes the whole line, so that a reader sees lines only. A line that a crash tore is closed first.
    void Append(string path, string line)
    {
        using FileStream mutex = Enter();
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        bool torn = false;
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            torn = file.ReadByte() != '\n';
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"{(torn ? "\n" : "")}{line}\n"));
        file.Flush(flushToDisk: true);
    }

    FileStream Enter()
    {
        long begin = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new FileStream(At("run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Directory.Exists(Path) && Environment.TickCount64 - begin < Patience.TotalMilliseconds)
            {
                Thread.Sleep(5);
            }
        }
    }

    string At(string name) => System.IO.Path.Combine(Path, name);
}
