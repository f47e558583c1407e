namespace Ashlar.Lab.Queries;

/// <summary>The values that a run has for the fields of queries. Only the files that a field needs are read.</summary>
public static class RunValues
{
    /// <param name="run">The run.</param>
    /// <param name="field">The field.</param>
    /// <returns><see cref="QueryValue.None"/> where the run has no such value.</returns>
    public static QueryValue Of(RunRecord run, Field field) => field.Kind switch
    {
        FieldKind.Id => QueryValue.From(run.Id),
        FieldKind.Name => QueryValue.From(run.Name),
        FieldKind.Experiment => QueryValue.From(run.Experiment),
        FieldKind.State => QueryValue.From(TextOf(run.State)),
        FieldKind.Start => new QueryValue.Time(run.Start),
        FieldKind.End => run.End is { } end ? new QueryValue.Time(end) : QueryValue.None,
        FieldKind.Sweep => QueryValue.From(run.Sweep),
        FieldKind.Parent => QueryValue.From(run.Parent),
        FieldKind.Weights => QueryValue.From(run.Weights),
        FieldKind.Tag => QueryValue.From(run.Tags.GetValueOrDefault(field.Name)),
        FieldKind.Parameter => run.Settings.TryGetValue(field.Name, out System.Text.Json.JsonElement value) ? QueryValue.From(value) : QueryValue.None,
        FieldKind.Metric => Metric(run, field.Name, summary => summary.Last),
        FieldKind.MetricMinimum => Metric(run, field.Name, summary => summary.Min),
        FieldKind.MetricMaximum => Metric(run, field.Name, summary => summary.Max),
        _ => QueryValue.None,
    };

    /// <summary>A state as filters and files name it.</summary>
    public static string TextOf(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Finished => "finished",
        RunState.Failed => "failed",
        _ => "interrupted",
    };

    static QueryValue Metric(RunRecord run, string name, Func<MetricSummary, double> number) =>
        run.Metrics.TryGetValue(name, out MetricSummary summary) ? new QueryValue.Number(number(summary)) : QueryValue.None;
}
