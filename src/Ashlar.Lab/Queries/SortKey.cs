namespace Ashlar.Lab.Queries;

/// <summary>One column that decides the order of a table of runs.</summary>
/// <param name="Field">The column.</param>
/// <param name="IsDescending">Whether larger values come first. What a run does not have, and NaN, comes last either way.</param>
public readonly record struct SortKey(Field Field, bool IsDescending)
{
    /// <summary>The newest first.</summary>
    public static SortKey Newest { get; } = new(new Field(FieldKind.Start), IsDescending: true);

    /// <summary>Reads keys between commas, <c>-</c> before those that fall: <c>-metrics.accuracy,start</c>.</summary>
    /// <param name="text">Empty or blank is <see cref="Newest"/>.</param>
    /// <exception cref="QueryException">The text is no list of fields.</exception>
    public static IReadOnlyList<SortKey> Parse(string text)
    {
        var scanner = new QueryScanner(text);
        if (scanner.IsAtEnd)
        {
            return [Newest];
        }

        var keys = new List<SortKey>();
        do
        {
            bool isDescending = scanner.Take('-');
            keys.Add(new SortKey(new FieldParser(scanner).Parse(), isDescending));
        }
        while (scanner.Take(','));
        return scanner.IsAtEnd ? keys : throw scanner.Fault(scanner.Position, $"found {scanner.Found(scanner.Position)}, expected ',' or the end. Write keys as -metrics.accuracy,start.");
    }

    /// <summary>Sorts; what all keys leave equal stays in its order.</summary>
    /// <param name="runs">Any things that have fields.</param>
    /// <param name="keys">The first decides first.</param>
    /// <param name="values">The value that a thing has for a field.</param>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> runs, IReadOnlyList<SortKey> keys, Func<T, Field, QueryValue> values)
    {
        // Values are taken once a run: a comparison asks for them many times.
        var rows = runs.Select(run => (Run: run, Values: keys.Select(key => values(run, key.Field)).ToArray())).ToList();
        return rows.Order(Comparer<(T Run, QueryValue[] Values)>.Create((a, b) =>
        {
            int order = 0;
            for (int i = 0; i < keys.Count && order == 0; i++)
            {
                order = keys[i].Compare(a.Values[i], b.Values[i]);
            }

            return order;
        })).Select(row => row.Run);
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{(IsDescending ? "-" : "")}{Field}";

    int Compare(QueryValue a, QueryValue b)
    {
        int order = IsLast(a).CompareTo(IsLast(b));
        return order != 0 ? order : IsLast(a) ? 0 : IsDescending ? QueryComparison.Compare(b, a) : QueryComparison.Compare(a, b);
    }

    static bool IsLast(QueryValue value) => value is QueryValue.Missing or QueryValue.Number { Value: double.NaN };
}
