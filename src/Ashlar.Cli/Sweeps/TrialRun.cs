using System.Globalization;
using System.Text.Json;
using Ashlar.Cli.Programs;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Sweeps;

namespace Ashlar.Cli.Sweeps;

/// <summary>Runs trials as recorded runs, as <c>ashlar run</c> would, but for the console: it is in the run's log only.</summary>
/// <param name="lab">Where the runs go.</param>
/// <param name="sweep">Whose trials.</param>
/// <param name="code">The program's sources.</param>
/// <param name="assembly">The program.</param>
sealed class TrialRun(LabFolder lab, SweepFolder sweep, CodeRecord code, string assembly)
{
    readonly HostRecord _host = HostCapture.Take();

    /// <summary>Runs one; null when it was interrupted.</summary>
    /// <exception cref="SweepException">The program finished and logged no such metric.</exception>
    public SweepOutcome? Run(SweepTrial trial)
    {
        RunFolder folder = Begin(trial);
        string given = Path.Combine(folder.Path, "given.json");
        folder.Write(Given(trial));
        File.Copy(folder.ConfigPath, given);
        using var process = new RecordedProcess(assembly, [], folder, given, passes: false);
        int exitCode = process.Wait();
        RunFile run = RunCommand.End(folder, process, exitCode);
        return run.State switch
        {
            RunState.Finished => new SweepOutcome(run.Id, run.State, Value(run)),
            RunState.Interrupted => null,
            _ => new SweepOutcome(run.Id, run.State, double.NaN),
        };
    }

    RunFolder Begin(SweepTrial trial)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["trial"] = trial.Number.ToString(CultureInfo.InvariantCulture) };
        if (sweep.Spec.Method == SweepMethod.Halving)
        {
            tags["rung"] = trial.Rung.ToString(CultureInfo.InvariantCulture);
        }

        // The command that makes this run by itself: by it the run is reproduced.
        string[] command = ["ashlar", "run", sweep.Program, .. sweep.Spec.Fixed.Concat(trial.Values).Select(SweepTrial.Argument)];
        RunFolder folder = RunFolder.Create(lab, new RunFile(
            RunId.New(now), string.Create(CultureInfo.InvariantCulture, $"{sweep.Spec.Name} {trial.Number}"), now, ProcessRecord.Current, Environment.CurrentDirectory, command, tags, new Dictionary<string, MetricSummary>(),
            Experiment: sweep.Spec.Experiment, Parent: trial.Earlier is { } earlier ? sweep.Outcomes[earlier].Run : null, Sweep: sweep.Id));
        folder.Write(_host);
        folder.Write(code);
        return folder;
    }

    ConfigFile Given(SweepTrial trial)
    {
        var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in sweep.Spec.Fixed.Concat(trial.Values))
        {
            values[name] = new ConfigValue(value, ConfigFile.File);
        }

        return new ConfigFile(values);
    }

    double Value(RunFile run)
    {
        if (run.Metrics.TryGetValue(sweep.Spec.Metric, out MetricSummary metric))
        {
            return !sweep.Spec.TakesBest ? metric.Last : sweep.Spec.Maximize ? metric.Max : metric.Min;
        }

        string logged = run.Metrics.Count == 0 ? "it logs none; call Run.Current.Log" : $"it logs {string.Join(", ", run.Metrics.Keys.Take(10))}";
        throw new SweepException($"sweep {sweep.Id}: run {run.Id} finished and logged no metric '{sweep.Spec.Metric}': {logged}. Name one of them as metric, and begin a new sweep.");
    }
}
