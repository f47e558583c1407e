namespace Ashlar.Lab.Queries;

/// <summary>Compares a run's value with one of a filter, and two runs' values for an order.</summary>
static class QueryComparison
{
    /// <summary>The rules of <see cref="Filter"/>.</summary>
    public static bool Holds(QueryValue value, Comparator comparator, QueryValue literal) => (value, literal) switch
    {
        (QueryValue.Missing, _) => false,
        (QueryValue.Time time, QueryValue.Time other) => Holds(comparator, time.Value.CompareTo(other.Value)),
        (_, QueryValue.Number number) => value.AsNumber() is { } own && Holds(own, comparator, number.Value),
        (_, QueryValue.Truth truth) => TruthOf(value) is { } own && own == truth.Value == (comparator == Comparator.Equal),
        (_, QueryValue.Text text) => Holds(value.AsText()!, comparator, text.Value),
        _ => false,
    };

    /// <summary>Order of a table's column: numbers and times by size, texts by code units behind numbers, missing and NaN last.</summary>
    public static int Compare(QueryValue a, QueryValue b) => (a, b) switch
    {
        (QueryValue.Number x, QueryValue.Number y) => x.Value.CompareTo(y.Value),
        (QueryValue.Time x, QueryValue.Time y) => x.Value.CompareTo(y.Value),
        (QueryValue.Number, _) => -1,
        (_, QueryValue.Number) => 1,
        _ => string.CompareOrdinal(a.AsText(), b.AsText()),
    };

    static bool? TruthOf(QueryValue value) => value switch
    {
        QueryValue.Truth truth => truth.Value,
        QueryValue.Text { Value: "true" } => true,
        QueryValue.Text { Value: "false" } => false,
        _ => null,
    };

    static bool Holds(double value, Comparator comparator, double literal) =>
        double.IsNaN(literal) ? double.IsNaN(value) == (comparator == Comparator.Equal)
        : !double.IsNaN(value) && Holds(comparator, value.CompareTo(literal));

    static bool Holds(string value, Comparator comparator, string literal) => comparator switch
    {
        Comparator.Like => LikePattern.Matches(value, literal),
        Comparator.Contains => LikePattern.Fold(value).Contains(LikePattern.Fold(literal), StringComparison.Ordinal),
        _ => Holds(comparator, string.CompareOrdinal(value, literal)),
    };

    static bool Holds(Comparator comparator, int order) => comparator switch
    {
        Comparator.Equal => order == 0,
        Comparator.NotEqual => order != 0,
        Comparator.Less => order < 0,
        Comparator.LessOrEqual => order <= 0,
        Comparator.Greater => order > 0,
        Comparator.GreaterOrEqual => order >= 0,
        _ => false,
    };
}
