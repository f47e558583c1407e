using System.Globalization;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Reproduction;

/// <summary>Repeats a run from its record and says claim by claim whether the same came out.</summary>
/// <remarks>
/// The recorded sources are run, never those of the working directory, and in an empty folder; a run of the tool itself has the tool's assemblies for sources.
/// The program is started with the recorded command, told by <see cref="ReproductionRequest"/> where data is, and records a new run, which is then compared.
/// </remarks>
/// <param name="lab">Holds the run's files by content: <c>.ashlar</c>, or the same folders out of a bundle.</param>
/// <param name="run">The run.</param>
/// <param name="options">How much, and where data is.</param>
public sealed class Reproducer(LabFolder lab, RunRecord run, ReproductionOptions options)
{
    readonly ArtifactStore _store = lab.Store;
    readonly List<VerdictRow> _rows = [];

    /// <summary>What the level will take. Say it before <see cref="Run"/>.</summary>
    public ReproductionCost Cost => ReproductionCost.Of(run, options, IntervalReplay.Of(run, _store).Count);

    /// <summary>Repeats as much as the options ask for. A claim that does not hold, and a program that does not build or run, are rows of the report.</summary>
    /// <param name="cancellation">Ends processes under way.</param>
    /// <exception cref="LabException">The run is under way, or has no record of its program, or an option names what it does not have.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The work folder cannot be written.</exception>
    public ReproductionReport Run(CancellationToken cancellation = default)
    {
        if (run.State == RunState.Running)
        {
            throw new LabException($"reproduce: run {run.Id} is under way. Wait for its end.");
        }

        string work = options.WorkFolder is { } named ? Path.GetFullPath(named) : Directory.CreateTempSubdirectory("ashlar-reproduce-").FullName;
        if (Directory.Exists(work) && Directory.EnumerateFileSystemEntries(work).Any())
        {
            throw new LabException($"reproduce: {work} is not empty. Name an empty folder: what is in it must not decide the result.");
        }

        Directory.CreateDirectory(work);
        Climb(work, cancellation);
        var report = new ReproductionReport(run.Id, options.Level, _rows, TimeProvider.System.GetUtcNow());
        if (options.WorkFolder is null && (report.Verdict == Verdict.Equal || !Directory.EnumerateFileSystemEntries(work).Any()))
        {
            Directory.Delete(work, recursive: true);
        }
        else if (options.WorkFolder is null)
        {
            Say($"what was made is in {work}");
        }

        return report;
    }

    void Climb(string work, CancellationToken cancellation)
    {
        Say("checking all recorded hashes");
        _rows.AddRange(IntegrityCheck.Rows(run, _store));
        var data = new DataSearch(run, options);
        _rows.AddRange(data.Rows(Path.Combine(work, "data")));
        if (options.Level == ReproductionLevel.Integrity)
        {
            return;
        }

        if (_rows.Any(row => row.Verdict == Verdict.Differs))
        {
            _rows.Add(VerdictRow.Unchecked("run", "", "not started: what it would start from is not what was recorded"));
            return;
        }

        var program = new RecordedProgram(run, work);
        if (!Build(program, cancellation) || options.Level == ReproductionLevel.Build)
        {
            return;
        }

        if (data.Found.Count < run.Data.Files.Count)
        {
            _rows.Add(VerdictRow.Unchecked("run", "", "not started: data is absent"));
            return;
        }

        program.LinkData(data.Found);
        var request = new ReproductionRequest(data.Found);
        if (options.Level == ReproductionLevel.Everything)
        {
            Whole(program, request, cancellation);
            return;
        }

        Evaluate(program, request, cancellation);
        if (options.Level == ReproductionLevel.Intervals)
        {
            foreach (ReplayInterval interval in Chosen())
            {
                Replay(program, request, interval, cancellation);
            }
        }
    }

    bool Build(RecordedProgram program, CancellationToken cancellation)
    {
        string sources = string.Create(CultureInfo.InvariantCulture, $"{run.Code.Files.Count} files");
        program.LayOut(_store);
        Say(RecordedProgram.NeedsBuild(run) ? "building the recorded sources" : "laying out the recorded program");
        if (program.Build(cancellation) is { } fault)
        {
            _rows.Add(VerdictRow.Failed("sources build", sources, $"the build fails: {fault}"));
            return false;
        }

        _rows.Add(VerdictRow.Equal(RecordedProgram.NeedsBuild(run) ? "sources build" : "program is there", sources));
        return true;
    }

    void Whole(RecordedProgram program, ReproductionRequest request, CancellationToken cancellation)
    {
        Say("running everything");
        (int code, RunRecord again) = program.Run(request, cancellation);
        _rows.AddRange(ConfigurationComparison.Rows(run, again));
        if (code != (run.File.ExitCode ?? 0))
        {
            _rows.Add(VerdictRow.Failed("the program ends", Exit(run.File.ExitCode ?? 0), $"{Exit(code)}: {program.LastOutput}"));
        }

        _rows.AddRange(ChainComparison.Rows([.. run.Chain], [.. again.Chain]));
        _rows.AddRange(MetricComparison.Rows(run, again));
        if (run.Weights is not null || again.Weights is not null)
        {
            _rows.Add(Hashes("weights", run.Weights, again.Weights, ""));
        }

        Dictionary<string, ArtifactRecord> was = run.Artifacts.ToDictionary(artifact => artifact.Name), now = again.Artifacts.ToDictionary(artifact => artifact.Name);
        foreach (string name in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            _rows.Add(Hashes($"artifact {name}", was.GetValueOrDefault(name)?.Sha256, now.GetValueOrDefault(name)?.Sha256, "other bytes"));
        }

        _rows.AddRange(EnvironmentComparison.Rows(run, again));
    }

    // Only the tool's own commands can measure a stored model without training; what another program would do with one is its own affair.
    void Evaluate(RecordedProgram program, ReproductionRequest request, CancellationToken cancellation)
    {
        if (RecordedProgram.NeedsBuild(run) || IntegrityCheck.StoredModel(run) is not { } model || !_store.Contains(model.Sha256))
        {
            _rows.Add(VerdictRow.Unchecked("stored weights measured again", "", RecordedProgram.NeedsBuild(run) ? "a program of one's own has no command that only measures; level 4 runs all of it" : "the run kept no model"));
            return;
        }

        Say($"measuring {model.Name}");
        (int code, RunRecord again) = program.Run(request with { Evaluate = _store.PathOf(model.Sha256) }, cancellation);
        if (code != 0)
        {
            _rows.Add(VerdictRow.Failed("stored weights measured again", "", $"{Exit(code)}: {program.LastOutput}"));
            return;
        }

        foreach ((string name, MetricSummary value) in again.Metrics.Where(metric => run.Metrics.ContainsKey(metric.Key) && !MetricComparison.IsOfMachine(metric.Key)).OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            string was = run.Metrics[name].Last.ToString("R", CultureInfo.InvariantCulture), now = value.Last.ToString("R", CultureInfo.InvariantCulture);
            _rows.Add(was == now ? VerdictRow.Equal($"{name} of the stored weights", was) : VerdictRow.Differs($"{name} of the stored weights", was, now, (value.Last - run.Metrics[name].Last).ToString("+0.######;-0.######;0", CultureInfo.InvariantCulture)));
        }

        _rows.AddRange(EnvironmentComparison.Rows(run, again));
    }

    IReadOnlyList<ReplayInterval> Chosen()
    {
        IReadOnlyList<ReplayInterval> intervals = IntervalReplay.Of(run, _store);
        if (intervals.Count == 0)
        {
            _rows.Add(VerdictRow.Unchecked("intervals", "", "the run has no chain; trainers that have Run.Current.Chain among their callbacks write one"));
        }

        return IntervalReplay.Choose(intervals, options);
    }

    void Replay(RecordedProgram program, ReproductionRequest request, ReplayInterval interval, CancellationToken cancellation)
    {
        string claim = string.Create(CultureInfo.InvariantCulture, $"interval of steps {interval.From} to {interval.To}");
        Say($"training the {claim} again");
        ChainLink was = run.Chain.First(link => link.Step == interval.To);
        (int code, RunRecord again) = program.Run(request with { Resume = interval.Checkpoint, StopAt = interval.To }, cancellation);
        ChainLink[] links = [.. again.Chain];
        string recorded = IntegrityCheck.Short(was.Weights);
        ChainLink? now = links.FirstOrDefault(link => link.Step == interval.To);
        _rows.Add(
            now is null ? VerdictRow.Failed(claim, recorded, $"no link of step {interval.To.ToString(CultureInfo.InvariantCulture)} came out; {Exit(code)}: {program.LastOutput}")
            : links[0].Step <= interval.From ? VerdictRow.Unchecked(claim, recorded, "the program began anew and not from the checkpoint; pass Run.Current.ResumeFrom to the trainer's Fit")
            : now.HasStateOf(was) ? VerdictRow.Equal(claim, recorded)
            : VerdictRow.Differs(claim, recorded, IntegrityCheck.Short(now.Weights), $"other {string.Join(", ", ChainComparison.Parts(was, now))}"));
    }

    static VerdictRow Hashes(string claim, string? was, string? now, string difference) =>
        was == now ? VerdictRow.Equal(claim, IntegrityCheck.Short(was!))
        : VerdictRow.Differs(claim, IntegrityCheck.Short(was ?? ""), IntegrityCheck.Short(now ?? ""), was is null ? "was not recorded" : now is null ? "did not come out" : difference);

    static string Exit(int code) => $"exit code {code.ToString(CultureInfo.InvariantCulture)}";

    void Say(string sentence) => options.Progress?.Invoke(sentence);
}
