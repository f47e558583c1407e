using System.Diagnostics;
using System.Globalization;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Reproduction;

/// <summary>The program of a run, from its record: sources laid out and built in a folder of their own, then started. A run of the tool itself has its assemblies for sources.</summary>
sealed class RecordedProgram
{
    const int LinesOfFailure = 12;

    readonly RunRecord _run;
    readonly string _work;
    readonly string _source;
    string? _target;
    int _started;

    /// <param name="run">The run.</param>
    /// <param name="work">The folder for everything.</param>
    public RecordedProgram(RunRecord run, string work)
    {
        (_run, _work, _source) = (run, work, Path.Combine(work, "source"));
    }

    /// <summary>What the program wrote last, where it failed.</summary>
    public string LastOutput { get; private set; } = "";

    string Project => _run.Code.Project ?? throw new LabException($"reproduce: run {_run.Id} has no record of its program. Start programs with ashlar run SCRIPT.cs to have it recorded.");

    /// <summary>Whether it must be compiled, or is there as assemblies.</summary>
    public static bool NeedsBuild(RunRecord run) => run.Code.Project?.EndsWith(".dll", StringComparison.Ordinal) != true;

    /// <summary>Writes the recorded sources into the empty folder.</summary>
    /// <exception cref="LabException">A path leads out of the folder, or a source is not in the store.</exception>
    public void LayOut(ArtifactStore store)
    {
        if (_run.Code.Files.All(file => file.Path != Project))
        {
            throw new LabException($"reproduce: the program '{Project}' is not among the recorded sources. The record is damaged or hostile; nothing of it was run.");
        }

        foreach (CodeFile file in _run.Code.Files)
        {
            string path = Path.GetFullPath(Path.Combine(_source, file.Path));
            if (!path.StartsWith(_source + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new LabException($"reproduce: the recorded source '{file.Path}' leads out of its folder. The record is damaged or hostile; nothing of it was run.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream content = store.OpenRead(file.Sha256);
            using FileStream copy = File.Create(path);
            content.CopyTo(copy);
        }
    }

    /// <summary>Puts verified files of data where the program looks for them below its own folders, unless something is there.</summary>
    public void LinkData(IReadOnlyDictionary<string, string> found)
    {
        foreach (DataFile file in _run.Data.Files.Where(file => found.ContainsKey(file.Name)))
        {
            if (Mirrored(file.Path) is { } place && !File.Exists(place))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Copy(found[file.Name], place);
            }
        }
    }

    /// <summary>Builds against the recorded lock files.</summary>
    /// <returns>Null, or the compiler's words.</returns>
    public string? Build(CancellationToken cancellation)
    {
        string project = Path.Combine(_source, Project);
        if (!NeedsBuild(_run))
        {
            _target = project;
            return null;
        }

        // Analysis changes no instruction, and takes longer than compiling.
        string[] locked = _run.Code.Locks.Count > 0 && Project.EndsWith("proj", StringComparison.Ordinal) ? ["-p:RestoreLockedMode=true"] : [];
        (int code, string output) = Start(Dotnet, ["build", project, "-c", "Release", "-v", "q", "-nologo", "-p:RunAnalyzers=false", "-t:Build", "-getProperty:TargetPath", .. locked], Path.GetDirectoryName(project)!, [], cancellation);
        _target = output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.EndsWith(".dll", StringComparison.Ordinal) && File.Exists(line));
        return code == 0 && _target is not null ? null : LastOutput;
    }

    /// <summary>Runs it as a new run of a lab in the work folder.</summary>
    /// <param name="request">What it shall do.</param>
    /// <param name="cancellation">Ends the process.</param>
    public (int Code, RunRecord Run) Run(ReproductionRequest request, CancellationToken cancellation)
    {
        var lab = new LabFolder(Path.Combine(_work, "lab"));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        RunFolder folder = RunFolder.Create(lab, _run.File with
        {
            Id = RunId.New(now),
            Start = now,
            End = null,
            State = RunState.Running,
            Process = ProcessRecord.Current,
            Parent = _run.Id,
            Metrics = new Dictionary<string, MetricSummary>(),
            Weights = null,
            ExitCode = null,
            Error = null,
        });
        string requestPath = Path.Combine(_work, string.Create(CultureInfo.InvariantCulture, $"request-{++_started}.json"));
        request.Write(requestPath);
        string configPath = Path.Combine(_work, "config.json");
        folder.Write(Given());
        File.Copy(folder.ConfigPath, configPath, overwrite: true);
        string directory = Mirrored(_run.File.Folder) ?? Path.Combine(_work, "directory");
        Directory.CreateDirectory(directory);
        (int code, _) = Start(Dotnet, [_target!, .. RecordedCommand.Arguments(_run)], directory, new()
        {
            [Lab.Run.FolderVariable] = folder.Path,
            [Lab.Run.ConfigVariable] = configPath,
            [LabFolder.Variable] = lab.Path,
            [ReproductionRequest.Variable] = requestPath,
        }, cancellation);
        return (code, new RunRecord(folder.Path));
    }

    static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    // Values from files are in the record; those of the command line are in the command, which speaks for itself.
    ConfigFile Given()
    {
        var fromFiles = new ConfigFile(_run.Config.Values.Where(pair => pair.Value.Source == ConfigFile.File).ToDictionary());
        return fromFiles.With(ConfigFile.FromArguments(RecordedCommand.Settings(_run)));
    }

    // Where a path of the old machine is now: below the laid-out sources, if it was below their root.
    string? Mirrored(string path)
    {
        if (_run.Code.Root is not { Length: > 0 } root || !NeedsBuild(_run) || path.Length == 0)
        {
            return null;
        }

        string relative = Path.GetRelativePath(root, path);
        return relative == "." ? _source : relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : Path.Combine(_source, relative);
    }

    (int Code, string Output) Start(string program, IReadOnlyList<string> arguments, string directory, Dictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new LabException($"reproduce: {program} does not start.");
        process.StandardInput.Close();
        using CancellationTokenRegistration kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        string all = output + errors.Result;
        File.AppendAllText(Path.Combine(_work, "log.txt"), $"$ {program} {string.Join(' ', arguments)}\n{all}\n");
        LastOutput = string.Join('\n', all.TrimEnd().Split('\n').TakeLast(LinesOfFailure));
        return (process.ExitCode, output);
    }
}
