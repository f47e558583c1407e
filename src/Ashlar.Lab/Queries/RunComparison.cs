namespace Ashlar.Lab.Queries;

/// <summary>Puts runs beside one another: what went in (configuration, code, data, environment) and what came out.</summary>
/// <param name="Runs">In the order in which they were given.</param>
/// <param name="Sections">Five, always in one order.</param>
public sealed record RunComparison(IReadOnlyList<RunRecord> Runs, IReadOnlyList<ComparisonSection> Sections)
{
    /// <summary>Compares.</summary>
    /// <param name="runs">1 or more.</param>
    public static RunComparison Of(IReadOnlyList<RunRecord> runs) => new(runs,
    [
        new ComparisonSection("configuration", [.. Names(runs, run => run.Settings.Keys).Select(name => Row(runs, name, run => RunValues.Of(run, new Field(FieldKind.Parameter, name))))]),
        new ComparisonSection("code", [.. Code(runs)]),
        new ComparisonSection("data", [.. Data(runs)]),
        new ComparisonSection("environment", [.. Environment(runs)]),
        new ComparisonSection("metrics",
        [
            .. Names(runs, run => run.Metrics.Keys).Select(name => Row(runs, name, run => RunValues.Of(run, new Field(FieldKind.Metric, name)))),
            Row(runs, "weights", run => QueryValue.From(run.Weights)),
        ]),
    ]);

    // Of a thousand equal source files one number is enough; each that differs has its row.
    static IEnumerable<ComparisonRow> Code(IReadOnlyList<RunRecord> runs)
    {
        yield return Row(runs, "project", run => QueryValue.From(run.Code.Project));
        yield return Row(runs, "commit", run => QueryValue.From(run.Code.Git?.Commit));
        yield return Row(runs, "patch", run => QueryValue.From(run.Code.Git?.Patch));
        yield return Row(runs, "files", run => new QueryValue.Number(run.Code.Files.Count));
        Dictionary<string, string>[] files = [.. runs.Select(run => run.Code.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal))];
        foreach (string path in files.SelectMany(of => of.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var row = ComparisonRow.Of(path, files.Select(of => QueryValue.From(of.GetValueOrDefault(path))));
            if (row.Differs)
            {
                yield return row;
            }
        }
    }

    static IEnumerable<ComparisonRow> Data(IReadOnlyList<RunRecord> runs)
    {
        foreach (string name in Names(runs, run => run.Data.Files.Select(file => file.Name)))
        {
            yield return Row(runs, name, run => QueryValue.From(run.Data.Files.FirstOrDefault(file => file.Name == name)?.Sha256));
        }

        foreach (string name in Names(runs, run => run.Data.Splits.Select(split => split.Name)))
        {
            yield return Row(runs, $"{name} (examples)", run => run.Data.Splits.FirstOrDefault(split => split.Name == name) is { } split ? new QueryValue.Number(split.Count) : QueryValue.None);
            yield return Row(runs, $"{name} (ids)", run => QueryValue.From(run.Data.Splits.FirstOrDefault(split => split.Name == name)?.Sha256));
        }
    }

    /// <summary>Where runs ran, fact by fact.</summary>
    /// <param name="runs">1 or more.</param>
    public static IEnumerable<ComparisonRow> Environment(IReadOnlyList<RunRecord> runs) =>
    [
        Row(runs, "machine", run => QueryValue.From(run.Host.Machine)),
        Row(runs, "system", run => QueryValue.From(run.Host.System)),
        Row(runs, "architecture", run => QueryValue.From(run.Host.Architecture)),
        Row(runs, "runtime", run => QueryValue.From(run.Host.Runtime)),
        Row(runs, "ashlar", run => QueryValue.From(run.Host.Ashlar)),
        Row(runs, "numerics", run => new QueryValue.Number(run.Host.Numerics)),
        Row(runs, "processors", run => new QueryValue.Number(run.Host.Processors)),
        Row(runs, "threads", run => new QueryValue.Number(run.Host.Threads)),
        Row(runs, "vector", run => QueryValue.From(run.Host.Vector)),
        Row(runs, "memory", run => new QueryValue.Number(run.Host.Memory)),
        Row(runs, "culture", run => QueryValue.From(run.Host.Culture)),
    ];

    static ComparisonRow Row(IReadOnlyList<RunRecord> runs, string name, Func<RunRecord, QueryValue> value) => ComparisonRow.Of(name, runs.Select(value));

    static IEnumerable<string> Names(IReadOnlyList<RunRecord> runs, Func<RunRecord, IEnumerable<string>> names) => runs.SelectMany(names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
