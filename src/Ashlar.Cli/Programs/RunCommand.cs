using System.CommandLine;
using System.Globalization;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;

namespace Ashlar.Cli.Programs;

/// <summary><c>ashlar run</c></summary>
sealed class RunCommand
{
    public static readonly string[] Examples =
    [
        "ashlar run train.cs",
        "ashlar run train.cs lr=0.01 model.width=128 --name wide --tag stage=draft",
        "ashlar run src/Training --config settings.yaml seed=7",
        "ashlar run train.cs lr=0.01 -- --verbose",
    ];

    readonly Argument<string> _program = new("PROGRAM") { Description = "A C# file, a project file, or the folder of one." };
    readonly Argument<string[]> _settings = new("KEY=VALUE") { Description = "Settings for Run.Current.Configuration<T>(). What stands behind -- goes to the program itself.", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<string[]> _config = new("--config") { Description = "A JSON or YAML file of settings; those of the command line come before it. May be given again: later files come before earlier ones.", HelpName = "FILE", DefaultValueFactory = _ => [] };
    readonly RunFacts _facts = new();

    public Command Build()
    {
        var command = new Command("run", "Builds a C# program, runs it, and records the run.") { _program, _settings, _config };
        _facts.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string[] own = [.. Invocation.Words.SkipWhile(word => word != "--").Skip(1)], words = parsed.GetValue(_settings) ?? [];
        ConfigFile given = Given(parsed.GetValue(_config) ?? [], words[..^Math.Min(own.Length, words.Length)]);
        SortedDictionary<string, string> tags = _facts.Tags(parsed);
        LabFolder lab = LabFolder.Find();
        string path = parsed.GetRequiredValue(_program);

        // Before the build, so that what is recorded is what was built, or an older state at the worst, which reproducing shows.
        CodeRecord code = CodeCapture.Take(path, lab.Store);
        string program = ProgramBuild.Run(Path.Combine(code.Root!, code.Project!));
        RunFolder folder = Begin(parsed, lab, tags, Path.GetFileNameWithoutExtension(path.TrimEnd('/', '\\')), code);
        Console.Error.WriteLine($"run {folder.Id}");
        using var process = new RecordedProcess(program, own, folder, WriteGiven(folder, given));
        int exitCode = process.Wait();
        RunFile run = End(folder, process, exitCode);
        Say(run);
        return run.State switch { RunState.Finished => ExitCode.Success, RunState.Interrupted => ExitCode.Interrupted, _ => ExitCode.Failed };
    }

    RunFolder Begin(ParseResult parsed, LabFolder lab, SortedDictionary<string, string> tags, string name, CodeRecord code)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        RunFolder folder = RunFolder.Create(lab, new RunFile(
            RunId.New(now), _facts.Name(parsed) ?? name, now, ProcessRecord.Current, Environment.CurrentDirectory, Invocation.Words, tags, new Dictionary<string, MetricSummary>(), _facts.Experiment(parsed)));
        folder.Write(HostCapture.Take());
        folder.Write(code);
        return folder;
    }

    // The program replaces config.json by what it resolves; what it was given stays beside it.
    static string WriteGiven(RunFolder folder, ConfigFile given)
    {
        string path = Path.Combine(folder.Path, "given.json");
        folder.Write(given);
        File.Copy(folder.ConfigPath, path);
        return path;
    }

    static ConfigFile Given(string[] files, string[] settings)
    {
        ConfigFile given = ConfigFile.Empty;
        foreach (string path in files)
        {
            given = given.With(SettingsFile.Read(path));
        }

        Array.ForEach(settings, setting => KeyValue.Parse("run", setting));
        return given.With(ConfigFile.FromArguments(settings));
    }

    // A program that recorded itself has said how it ended, but for a death that it could not see.
    public static RunFile End(RunFolder folder, RecordedProcess process, int exitCode) => folder.Update(run =>
    {
        RunState state = process.IsInterrupted || (run.State == RunState.Interrupted && exitCode != 0) ? RunState.Interrupted : exitCode == 0 ? RunState.Finished : RunState.Failed;
        string? error = state == RunState.Failed ? run.Error ?? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}") : run.Error;
        return run with { State = state, ExitCode = exitCode, End = TimeProvider.System.GetUtcNow(), Error = error };
    });

    static void Say(RunFile run)
    {
        string ending = run.State switch
        {
            RunState.Finished => "finished",
            RunState.Interrupted => "interrupted",
            _ => string.Create(CultureInfo.InvariantCulture, $"failed with exit code {run.ExitCode}"),
        };
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run.Id} {ending} after {(run.End - run.Start)?.TotalSeconds:0.0} s"));
        Console.Error.WriteLine($"look at it: ashlar runs show {run.Id}   run it again and compare: ashlar reproduce {run.Id}");
    }
}
