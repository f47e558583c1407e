namespace Ashlar.Lab.Queries;

/// <summary>A condition on runs, as a tree: <c>metrics.accuracy > 0.9 and params.lr &lt; 1e-2</c>.</summary>
/// <remarks>
/// Every condition is true or false. A comparison with what a run does not have is false, that by <c>!=</c> too, and so is one with a number that is not a number (NaN);
/// <c>metrics.loss = nan</c> finds such runs. The value in the filter decides how a field is read: a number compares with numbers and with texts that write one,
/// a quoted text with the field's text by code units, <c>true</c> and <c>false</c> with a truth.
/// </remarks>
public abstract record Filter
{
    Filter()
    {
    }

    /// <summary>Takes every run.</summary>
    public static Filter Everything { get; } = new All();

    /// <summary>Reads a filter.</summary>
    /// <param name="text">Empty or blank takes every run.</param>
    /// <exception cref="QueryException">The text is no filter.</exception>
    public static Filter Parse(string text) => new FilterParser(text).Parse();

    /// <summary>Whether a run meets the condition.</summary>
    /// <param name="values">The run's value of a field; <see cref="QueryValue.None"/> where it has none.</param>
    public bool Matches(Func<Field, QueryValue> values) => this switch
    {
        And and => and.Left.Matches(values) && and.Right.Matches(values),
        Or or => or.Left.Matches(values) || or.Right.Matches(values),
        Not not => !not.Inner.Matches(values),
        Comparison comparison => QueryComparison.Holds(values(comparison.Field), comparison.Comparator, comparison.Value),
        In @in => Any(values(@in.Field), @in.Values),
        _ => true,
    };

    /// <summary>A text that reads as the same tree.</summary>
    public sealed override string ToString() => this switch
    {
        And and => $"({and.Left} and {and.Right})",
        Or or => $"({or.Left} or {or.Right})",
        Not not => $"not {not.Inner}",
        Comparison comparison => $"{comparison.Field} {QueryScanner.Symbol(comparison.Comparator)} {comparison.Value}",
        In @in => $"{@in.Field} in ({string.Join(", ", @in.Values)})",
        _ => "",
    };

    static bool Any(QueryValue value, IReadOnlyList<QueryValue> values) => values.Any(candidate => QueryComparison.Holds(value, Comparator.Equal, candidate));

    /// <summary>Takes every run; only ever the whole filter.</summary>
    public sealed record All : Filter
    {
    }

    /// <summary>Both.</summary>
    public sealed record And(Filter Left, Filter Right) : Filter
    {
    }

    /// <summary>One or both.</summary>
    public sealed record Or(Filter Left, Filter Right) : Filter
    {
    }

    /// <summary>Not that.</summary>
    public sealed record Not(Filter Inner) : Filter
    {
    }

    /// <summary>A field against a value. The value's kind suits the field: numbers for metrics, times for times, texts for like and contains.</summary>
    public sealed record Comparison(Field Field, Comparator Comparator, QueryValue Value) : Filter
    {
    }

    /// <summary>A field equal to one of some values, 1 or more.</summary>
    public sealed record In(Field Field, IReadOnlyList<QueryValue> Values) : Filter
    {
    }
}
