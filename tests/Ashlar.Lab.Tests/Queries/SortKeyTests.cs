using Ashlar.Lab.Queries;

namespace Ashlar.Lab.Tests.Queries;

public sealed class SortKeyTests
{
    static readonly (string Id, double? Loss, string Tag)[] Runs = [("a", 3, "x"), ("b", null, "y"), ("c", double.NaN, "x"), ("d", 1, "y"), ("e", 3, "y")];

    [Theory]
    [InlineData("metrics.loss", "daebc")]
    [InlineData("-metrics.loss", "aedbc")]
    [InlineData("tags.stage,-metrics.loss", "acedb")]
    [InlineData("-tags.stage, id", "bdeac")]
    public void Runs_are_sorted_and_what_is_missing_comes_last(string keys, string ids)
        => Assert.Equal(ids, string.Concat(SortKey.Sort(Runs, SortKey.Parse(keys), Value).Select(run => run.Id)));

    [Fact]
    public void Without_keys_the_newest_comes_first() => Assert.Equal("-start", string.Join(",", SortKey.Parse(" ")));

    [Theory]
    [InlineData("loss", 0)]
    [InlineData("metrics.loss start", 13)]
    [InlineData("metrics.loss,", 13)]
    public void What_is_no_key_is_refused(string keys, int position) => Assert.Equal(position, Assert.Throws<QueryException>(() => SortKey.Parse(keys)).Position);

    static QueryValue Value((string Id, double? Loss, string Tag) run, Field field) => field.Kind switch
    {
        FieldKind.Id => QueryValue.From(run.Id),
        FieldKind.Tag => QueryValue.From(run.Tag),
        _ => run.Loss is { } loss ? new QueryValue.Number(loss) : QueryValue.None,
    };
}
