using Ashlar.Lab.Queries;

namespace Ashlar.Lab.Tests.Queries;

public sealed class FilterTests
{
    static readonly Dictionary<Field, QueryValue> Run = new()
    {
        [new Field(FieldKind.Id)] = QueryValue.From("20261122-093011-k3vqzt"),
        [new Field(FieldKind.Name)] = QueryValue.From("Digits 7"),
        [new Field(FieldKind.Experiment)] = QueryValue.From("default"),
        [new Field(FieldKind.State)] = QueryValue.From("finished"),
        [new Field(FieldKind.Start)] = new QueryValue.Time(new DateTimeOffset(2026, 11, 22, 9, 30, 11, TimeSpan.Zero)),
        [new Field(FieldKind.Tag, "stage")] = QueryValue.From("final"),
        [new Field(FieldKind.Tag, "rank")] = QueryValue.From("3"),
        [new Field(FieldKind.Parameter, "lr")] = new QueryValue.Number(0.002),
        [new Field(FieldKind.Parameter, "model.width")] = new QueryValue.Number(64),
        [new Field(FieldKind.Parameter, "nesterov")] = new QueryValue.Truth(true),
        [new Field(FieldKind.Metric, "accuracy")] = new QueryValue.Number(0.95),
        [new Field(FieldKind.MetricMaximum, "accuracy")] = new QueryValue.Number(0.97),
        [new Field(FieldKind.Metric, "val/loss")] = new QueryValue.Number(0.25),
        [new Field(FieldKind.Metric, "top 3")] = new QueryValue.Number(1),
        [new Field(FieldKind.Metric, "broken")] = new QueryValue.Number(double.NaN),
    };

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("metrics.accuracy > 0.9 and params.lr < 1e-2")]
    [InlineData("METRICS.accuracy>.9 AND(params.lr<=2e-3)")]
    [InlineData("metrics.val/loss = 0.25")]
    [InlineData("metrics.`top 3` >= 1 and metrics.\"top 3\" <= 1")]
    [InlineData("max(metrics.accuracy) > 0.96 and last(metrics.accuracy) < 0.96")]
    [InlineData("params.model.width in (32, 64)")]
    [InlineData("params.model.width not in (32, 128)")]
    [InlineData("params.nesterov = true and params.nesterov != false")]
    [InlineData("params.lr = '0.002'")]
    [InlineData("tags.stage == 'final' and tags.rank = 3 and tags.rank < 10")]
    [InlineData("tags.rank > '10'")]
    [InlineData("name like 'digits%' and name like '%ITS _' and not name like 'digits'")]
    [InlineData("name contains 'gits' and name not contains 'mnist'")]
    [InlineData("state in ('finished', 'failed')")]
    [InlineData("start >= '2026-11-22' and start < '2026-11-22T10:30:12+01:00'")]
    [InlineData("metrics.broken = nan and metrics.accuracy != nan")]
    [InlineData("metrics.accuracy < inf and metrics.accuracy > -inf")]
    [InlineData("not tags.none = 'x'")]
    [InlineData("metrics.accuracy < 0.9 or metrics.accuracy > 0.9 and state = 'finished'")]
    [InlineData("name != 'it''s' and name != \"it's\"")]
    public void A_run_is_found(string filter) => Assert.True(Matches(filter));

    [Theory]
    [InlineData("metrics.accuracy > 0.95")]
    [InlineData("(metrics.accuracy < 0.9 or metrics.accuracy > 0.9) and state = 'failed'")]
    [InlineData("tags.none = 'x'")]
    [InlineData("tags.none != 'x'")]
    [InlineData("end > '2026-01-01'")]
    [InlineData("metrics.broken != 3")]
    [InlineData("metrics.broken < 3 or metrics.broken >= 3")]
    [InlineData("params.nesterov = 1")]
    [InlineData("name = 'digits 7'")]
    [InlineData("tags.stage > 3")]
    [InlineData("name like 'digits'")]
    public void A_run_is_left_out(string filter) => Assert.False(Matches(filter));

    [Theory]
    [InlineData("a or b and c", "(tags.a = 1 or (tags.b = 1 and tags.c = 1))")]
    [InlineData("a and b or c", "((tags.a = 1 and tags.b = 1) or tags.c = 1)")]
    [InlineData("not a and b", "(not tags.a = 1 and tags.b = 1)")]
    [InlineData("not (a and b)", "not (tags.a = 1 and tags.b = 1)")]
    [InlineData("not not a", "not not tags.a = 1")]
    [InlineData("a and (b and c)", "(tags.a = 1 and (tags.b = 1 and tags.c = 1))")]
    public void Not_binds_before_and_and_before_or(string shape, string tree)
    {
        string filter = shape.Replace("a ", "tags.a=1 ", StringComparison.Ordinal).Replace("b", "tags.b=1", StringComparison.Ordinal).Replace("c", "tags.c=1", StringComparison.Ordinal);
        filter = filter.EndsWith('a') ? filter[..^1] + "tags.a=1" : filter;

        Assert.Equal(tree, Filter.Parse(filter.Replace("(a ", "(tags.a=1 ", StringComparison.Ordinal)).ToString());
    }

    [Fact]
    public void A_tree_can_be_taken_apart()
    {
        var and = Assert.IsType<Filter.And>(Filter.Parse("min(metrics.loss) <> 2 and params.seed in (1, -2)"));
        Assert.Equal(new Filter.Comparison(new Field(FieldKind.MetricMinimum, "loss"), Comparator.NotEqual, new QueryValue.Number(2)), and.Left);
        Assert.Equal([new QueryValue.Number(1), new QueryValue.Number(-2)], Assert.IsType<Filter.In>(and.Right).Values);
    }

    [Theory]
    [InlineData("metrics.accuracy > 0.9 adn state = 'x'", 23, "found 'adn', expected 'and', 'or' or the end.")]
    [InlineData("state = finished", 8, "finished has no quotes. Write 'finished', or a number, true or false.")]
    [InlineData("state = 'finishd'", 8, "no state is named 'finishd'. Write one of running, finished, failed, interrupted.")]
    [InlineData("accuracy > 0.9", 0, "no field is named 'accuracy'. Write id, name, experiment, state, start, end, sweep, parent, weights, params.NAME, tags.NAME, metrics.NAME, min(metrics.NAME) or max(metrics.NAME).")]
    [InlineData("metrics.accuracy > '0.9'", 19, "metrics.accuracy is a number and '0.9' is not. Write a number without quotes.")]
    [InlineData("metrics.accuracy >", 18, "found the end, expected a value. Write a number, a text in quotes, true or false.")]
    [InlineData("metrics.accuracy", 16, "found the end behind metrics.accuracy, expected a comparison. Write one of = != < <= > >= like contains in.")]
    [InlineData("metrics. > 3", 9, "no name behind 'metrics.'. Write metrics.NAME, or metrics.`NAME` if the name has blanks.")]
    [InlineData("(state = 'failed'", 17, "found the end, expected 'and', 'or' or ')'.")]
    [InlineData("name = 'a", 7, "this ' is not closed. Write ' behind the text.")]
    [InlineData("params.lr like 3", 15, "like and contains look into texts. Write a text in quotes behind a field of text.")]
    [InlineData("params.flag < true", 12, "true and false have no order. Compare them with = or !=.")]
    [InlineData("metrics.loss < nan", 13, "nan has no order. Compare it with = or !=.")]
    [InlineData("start > 2026-11-22", 8, "start is a time and 2026 is not. Write one in quotes such as '2026-11-22' or '2026-11-22T09:30:00Z'; without a zone it is UTC.")]
    [InlineData("start like '2026%'", 6, "start is a time. Compare it with = != < <= > >=.")]
    [InlineData("name = 3", 7, "name is a text and 3 is not. Write it in quotes.")]
    [InlineData("params.seed in 3", 15, "found '3', expected a list in parentheses such as (1, 2, 3).")]
    [InlineData("params.seed in ()", 16, "found ')', expected a value. Write a number, a text in quotes, true or false.")]
    [InlineData("max(state) > 3", 4, "max is of metrics. Write max(metrics.NAME).")]
    [InlineData("max(metrics.a > 3", 14, "found '>', expected ')'.")]
    [InlineData("tags.a not = 'x'", 7, "found 'not' behind tags.a, expected a comparison. Write one of = != < <= > >= like contains in.")]
    [InlineData("= 3", 0, "found '=', expected a field. Write id, name, experiment, state, start, end, sweep, parent, weights, params.NAME, tags.NAME, metrics.NAME, min(metrics.NAME) or max(metrics.NAME).")]
    public void What_is_no_filter_is_shown_with_a_caret(string filter, int position, string fault)
    {
        var error = Assert.Throws<QueryException>(() => Filter.Parse(filter));

        Assert.Equal($"where: at character {position + 1}: {fault}\n  {filter}\n  {new string(' ', position)}^", error.Message);
        Assert.Equal((filter, position), (error.Query, error.Position));
    }

    [Fact]
    public void Hostile_texts_are_refused()
    {
        Assert.Contains("more than 100 nested conditions", Assert.Throws<QueryException>(() => Filter.Parse(new string('(', 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 100 nested conditions", Assert.Throws<QueryException>(() => Filter.Parse(string.Concat(Enumerable.Repeat("not ", 4000)))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 500 comparisons", Assert.Throws<QueryException>(() => Filter.Parse(string.Join(" or ", Enumerable.Repeat("tags.a=1", 600)))).Message, StringComparison.Ordinal);
        Assert.Contains("20002 characters", Assert.Throws<QueryException>(() => Filter.Parse(new string(' ', 20_002))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_of_many_wildcards_is_matched_quickly()
        => Assert.False(Filter.Parse($"tags.long like '{string.Concat(Enumerable.Repeat("%a", 5000))}b'").Matches(_ => QueryValue.From(new string('a', 10_000))));

    static bool Matches(string filter) => Filter.Parse(filter).Matches(field => Run.GetValueOrDefault(field, QueryValue.None));
}
