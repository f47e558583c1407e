namespace Ashlar.Lab.Queries;

/// <summary>One fact of several runs beside one another.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">One for each run, in their order.</param>
/// <param name="Differs">Whether two of them are unlike; what a run lacks is unlike what another has.</param>
public sealed record ComparisonRow(string Name, IReadOnlyList<QueryValue> Values, bool Differs)
{
    internal static ComparisonRow Of(string name, IEnumerable<QueryValue> values)
    {
        QueryValue[] all = [.. values];
        return new ComparisonRow(name, all, all.Any(value => !value.Equals(all[0])));
    }
}
