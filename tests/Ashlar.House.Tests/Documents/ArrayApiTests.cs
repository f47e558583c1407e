namespace Ashlar.House.Tests.Documents;

public sealed class ArrayApiTests
{
    static readonly ArrayApi Standard = ArrayApi.Read();

    [Fact]
    public void Every_function_of_the_standard_is_there_or_has_a_reason()
        => Findings.None("A row of array-api.tsv names a public member of ours, or '-' and why.",
            Standard.Rows.Where(row => !row.Exists || (row.IsAbsent && row.Note.Length == 0)).Select(row => $"{row.Standard}: {row.Ours}"));

    [Fact]
    public void At_most_five_are_absent() => Assert.InRange(Standard.Rows.Count(row => row.IsAbsent), 0, 5);

    [Fact]
    public void The_table_holds_the_whole_standard_once()
    {
        Assert.Equal(Standard.Rows.Count, Standard.Rows.Select(row => row.Standard).Distinct().Count());
        Assert.True(Standard.Rows.Count > 200, $"{Standard.Rows.Count} rows are fewer than the standard has.");
    }

    [Fact]
    public void A_member_that_is_not_there_is_found()
    {
        Assert.False(new ArrayApi.Row("", "", "Tensor.Nothing", "").Exists);
        Assert.True(new ArrayApi.Row("", "", "Tensor.Reshape", "").Exists);
    }

    [Fact]
    public void The_page_is_the_table() => Golden.Match("docs/array-api.md", Standard.Page());
}
