using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Ashlar.Cli.Programs;
using Ashlar.Lab;
using Ashlar.Lab.Sweeps;

namespace Ashlar.Cli.Sweeps;

/// <summary><c>ashlar sweep</c></summary>
sealed class SweepCommand
{
    public static readonly string[] Examples =
    [
        "ashlar sweep sweep.yaml",
        "ashlar sweep sweep.yaml --workers 4",
        "ashlar sweep sweep.yaml --dry-run",
        "ashlar sweep --resume @last",
    ];

    readonly Argument<string?> _file = new("FILE") { Description = "The sweep, in YAML or JSON: program, metric, method, parameters. See docs/sweeps.md.", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<int?> _workers = NumberOption.Whole("--workers", "How many trials run at a time. It changes no result. Default: 1.", 1);
    readonly Option<string?> _resume = new("--resume") { Description = "Go on with a sweep that was cut off: its id, the beginning of it, or @last.", HelpName = "SWEEP" };
    readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the trials as far as they are known beforehand, and run none." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"id\", \"method\", \"metric\", \"best\", \"trials\"}." };

    public Command Build()
    {
        var command = new Command("sweep", "Tries settings of a program; every trial is a recorded run.") { _file, _workers, _resume, _dryRun, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string? file = parsed.GetValue(_file), resume = parsed.GetValue(_resume);
        if (file is null == resume is null)
        {
            throw new UsageException("sweep: name a FILE, or a sweep with --resume, and not both.");
        }

        if (parsed.GetValue(_dryRun))
        {
            SweepSpec spec = file is null ? SweepFolder.Find(LabFolder.Find(), resume!).Spec : Parse(SettingsFile.Json("sweep", file), file);
            SweepReport.Plan(spec, SweepSearch.Of(spec), parsed.GetValue(_json));
            return ExitCode.Success;
        }

        return file is null ? Resume(parsed, resume!) : Begin(parsed, file);
    }

    int Begin(ParseResult parsed, string file)
    {
        LabFolder lab = LabFolder.Find();
        string json = SettingsFile.Json("sweep", file);
        string program = Path.GetFullPath(Parse(json, file).Program, Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!Path.Exists(program))
        {
            throw new UsageException($"sweep: {file} names the program {program}, which does not exist. Give its path from the folder of {Path.GetFileName(file)}.");
        }

        CodeRecord code = CodeCapture.Take(program, lab.Store);
        string assembly = ProgramBuild.Run(Path.Combine(code.Root!, code.Project!));
        return Run(parsed, lab, SweepFolder.Create(lab, json, Path.GetFileName(file), program, Sources(code)), code, assembly);
    }

    int Resume(ParseResult parsed, string reference)
    {
        LabFolder lab = LabFolder.Find();
        SweepFolder sweep = SweepFolder.Find(lab, reference);
        CodeRecord code = CodeCapture.Take(sweep.Program, lab.Store);
        if (Sources(code) != sweep.Sources)
        {
            throw new SweepException($"sweep {sweep.Id}: the sources of {sweep.Program} have changed since it began, so its trials could not be compared. Put them back, or begin a new sweep: ashlar sweep FILE");
        }

        return Run(parsed, lab, sweep, code, ProgramBuild.Run(Path.Combine(code.Root!, code.Project!)));
    }

    int Run(ParseResult parsed, LabFolder lab, SweepFolder sweep, CodeRecord code, string assembly)
    {
        SweepSearch search = SweepSearch.Of(sweep.Spec);
        var report = new SweepReport(sweep, search);
        var trials = new TrialRun(lab, sweep, code, assembly);
        using var interrupt = new Interrupt();
        var runner = new SweepRunner(sweep, search, trials.Run) { Over = report.Say };
        Console.Error.WriteLine($"sweep {sweep.Id}: {sweep.Spec.Method.ToString().ToLowerInvariant()}, {search.Total} trials{(sweep.Outcomes.Count > 0 ? $", {sweep.Outcomes.Count} of them over" : "")}");
        bool isComplete = runner.Run(parsed.GetValue(_workers) ?? 1, interrupt.Token);
        report.Print(parsed.GetValue(_json));
        if (!isComplete)
        {
            Console.Error.WriteLine($"{sweep.Outcomes.Count} of {search.Total} trials are over. Go on: ashlar sweep --resume {sweep.Id}");
            return ExitCode.Interrupted;
        }

        return sweep.Outcomes.Values.Any(outcome => outcome.State == RunState.Finished) ? ExitCode.Success : ExitCode.Failed;
    }

    static SweepSpec Parse(string json, string file)
    {
        try
        {
            return SweepFile.Parse(json, Path.GetFileName(file));
        }
        catch (SweepException e)
        {
            throw new UsageException(e.Message);
        }
    }

    static string Sources(CodeRecord code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Files.Select(file => $"{file.Sha256} {file.Path}\n")))));
}
