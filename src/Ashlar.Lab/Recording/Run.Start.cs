using System.Runtime.CompilerServices;
using Ashlar.Lab.Configuration;

namespace Ashlar.Lab;

/// <content>How runs begin.</content>
public sealed partial class Run
{
    /// <summary>The variable of the environment that names the folder of the run that the process belongs to.</summary>
    public const string FolderVariable = "ASHLAR_RUN";

    /// <summary>The variable of the environment that names a file with the values that were given (<see cref="ConfigFile"/>).</summary>
    public const string ConfigVariable = "ASHLAR_CONFIG";

    static readonly Lock Gate = new();
    static Run? _current;
    static bool _isEnvironmentTaken;

    /// <summary>The run that the program belongs to: the one that was started last and has not ended, or that of the process's environment (<c>ashlar run</c>), or else one that records nothing, so that a program needs no condition.</summary>
    public static Run Current
    {
        get
        {
            lock (Gate)
            {
                return _current ??= OfEnvironment() ?? new Run(null, Given(new RunOptions()), new RunOptions().ChainEvery);
            }
        }
    }

    /// <summary>Begins a run. In a process that <c>ashlar run</c> started, the first call gives that run.</summary>
    /// <param name="name">For people.</param>
    /// <param name="options">How it is recorded; null for the defaults.</param>
    /// <param name="source">The calling file; the compiler gives it.</param>
    /// <returns>Records nothing where the folder cannot be written; that is said once.</returns>
    /// <exception cref="LabException">A run to go on with does not exist, or the code that was named does not.</exception>
    /// <exception cref="ConfigurationException">An argument is no <c>key=value</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public static Run Start(string name, RunOptions? options = null, [CallerFilePath] string source = "")
    {
        options ??= new RunOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ChainEvery, 1);
        ConfigFile given = Given(options);
        lock (Gate)
        {
            Run run = OfEnvironment() ?? Begin(name, options, given, source);
            return _current = run;
        }
    }

    static Run Begin(string name, RunOptions options, ConfigFile given, string source)
    {
        LabFolder lab = options.Lab ?? LabFolder.Find();
        RunRecord? before = options.Resume is { } reference ? lab.Find(reference) : null;
        string? code = options.Code switch
        {
            null when before is not null => null,
            null => CodeCapture.OfThisProgram(source),
            "" => null,
            string named => SourceTree.Of(named).Start,
        };
        try
        {
            RunFolder folder = before is null ? RunFolder.Create(lab, Facts(name, options)) : GoOn(before);
            folder.Write(HostCapture.Take());
            folder.Write(new RunRecord(folder.Path).Config.With(given));
            var recorder = new Recorder(folder, lab.Store, options, options.KeepConsole);
            if (before is not null)
            {
                recorder.Metrics.Begin(before.Metrics);
            }

            if (code is not null)
            {
                recorder.Later(() => folder.Write(CodeCapture.Take(code, lab.Store)));
            }

            return new Run(recorder, given, options.ChainEvery);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (options.Say ?? Console.Error.WriteLine)($"run '{name}': nothing is recorded, {lab.RunsPath} cannot be written: {e.Message} Make room, grant access, or name another folder in {LabFolder.Variable}. The program goes on.");
            return new Run(null, given, options.ChainEvery);
        }
    }

    static RunFile Facts(string name, RunOptions options)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new RunFile(
            RunId.New(now), name, now, ProcessRecord.Current, Environment.CurrentDirectory, options.Command is [] ? Environment.GetCommandLineArgs() : options.Command,
            options.Tags, new Dictionary<string, MetricSummary>(), options.Experiment, Parent: options.Parent, Sweep: options.Sweep);
    }

    static RunFolder GoOn(RunRecord before) => before.State == RunState.Running && before.File.Process != ProcessRecord.Current
        ? throw new LabException($"run {before.Id}: process {before.File.Process.Pid} on {before.File.Process.Host} is still at it. Wait for it, or stop it, and go on then.")
        : Entered(before.Files);

    static RunFolder Entered(RunFolder folder)
    {
        folder.Update(run => run with { State = RunState.Running, End = null, Error = null, ExitCode = null, Process = ProcessRecord.Current });
        return folder;
    }

    // The command that started this process made the folder, keeps sources and console, and waits for the end.
    static Run? OfEnvironment()
    {
        if (_isEnvironmentTaken || Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } path)
        {
            return null;
        }

        _isEnvironmentTaken = true;
        try
        {
            return Enter(new RunFolder(path), new RunOptions { KeepConsole = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LabException)
        {
            Console.Error.WriteLine($"run: nothing is recorded in {path}, which {FolderVariable} names: {e.Message} The program goes on.");
            return null;
        }
    }

    /// <summary>Writes to the run of a folder that another process made.</summary>
    internal static Run Enter(RunFolder folder, RunOptions options)
    {
        ConfigFile given = Given(options);
        RunFile run = folder.ReadRun();
        if (run.State != RunState.Running || run.Process.IsGone())
        {
            Entered(folder);
        }

        folder.Write(HostCapture.Take());
        var recorder = new Recorder(folder, LabOf(folder).Store, options, options.KeepConsole);
        recorder.Metrics.Begin(run.Metrics);
        return new Run(recorder, given, options.ChainEvery);
    }

    static LabFolder LabOf(RunFolder folder) => new(Path.GetDirectoryName(Path.GetDirectoryName(folder.Path))!);

    static ConfigFile Given(RunOptions options)
    {
        ConfigFile outer = Environment.GetEnvironmentVariable(ConfigVariable) is { Length: > 0 } path ? ConfigFile.Read(path) : ConfigFile.Empty;
        return options.Values.With(outer).With(ConfigFile.FromArguments(options.Arguments));
    }

    void End(Action end)
    {
        end();
        lock (Gate)
        {
            _current = ReferenceEquals(_current, this) ? null : _current;
        }
    }
}
