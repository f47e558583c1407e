namespace Ashlar.Lab.Queries;

/// <summary>What a filter compares and a table is sorted by: <c>state</c>, <c>params.lr</c>, <c>tags.stage</c>, <c>metrics.accuracy</c>, <c>max(metrics.accuracy)</c>.</summary>
/// <param name="Kind">Which part of the run.</param>
/// <param name="Name">The tag's, parameter's or metric's name; empty for parts that have none.</param>
public readonly record struct Field(FieldKind Kind, string Name = "")
{
    // The one list of names; prefixes take a name behind their dot.
    internal static readonly (string Word, FieldKind Kind)[] Words =
    [
        ("id", FieldKind.Id), ("name", FieldKind.Name), ("experiment", FieldKind.Experiment), ("state", FieldKind.State), ("start", FieldKind.Start),
        ("end", FieldKind.End), ("sweep", FieldKind.Sweep), ("parent", FieldKind.Parent), ("weights", FieldKind.Weights),
    ];

    internal static readonly (string Prefix, FieldKind Kind)[] Prefixes =
    [
        ("metrics", FieldKind.Metric), ("params", FieldKind.Parameter), ("tags", FieldKind.Tag),
    ];

    internal static readonly (string Function, FieldKind Kind)[] Functions =
    [
        ("min", FieldKind.MetricMinimum), ("max", FieldKind.MetricMaximum), ("last", FieldKind.Metric),
    ];

    /// <summary>Whether its values are numbers only.</summary>
    public bool IsMetric => Kind is FieldKind.Metric or FieldKind.MetricMinimum or FieldKind.MetricMaximum;

    /// <summary>Whether its values are times only.</summary>
    public bool IsTime => Kind is FieldKind.Start or FieldKind.End;

    /// <summary>As it is written in a filter.</summary>
    public override string ToString()
    {
        FieldKind kind = Kind;
        string Quoted(string prefix, string name) => $"{prefix}.{(QueryScanner.IsPlainName(name) ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`")}";
        return kind switch
        {
            FieldKind.Tag => Quoted("tags", Name),
            FieldKind.Parameter => Quoted("params", Name),
            FieldKind.Metric => Quoted("metrics", Name),
            FieldKind.MetricMinimum or FieldKind.MetricMaximum => $"{Functions.First(function => function.Kind == kind).Function}({Quoted("metrics", Name)})",
            _ => Words.First(word => word.Kind == kind).Word,
        };
    }
}
