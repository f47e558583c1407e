using Ashlar.Lab.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Ashlar.Lab.Tests.Queries;

/// <summary>Whatever is typed gives a filter or a message, and a filter's text reads as the same filter.</summary>
public sealed class FilterFuzzTests
{
    static readonly string[] Pieces =
    [
        "metrics.", "accuracy", "params.lr", "tags.`a b`", "state", "name", "start", " ", "  ", "\t", "and ", "or ", "not ", "in ", "like ", "contains ", "(", ")", ",", "=", "!=", "<", ">", "<=", "==",
        "'a'", "'it''s'", "\"b\"", "'finished'", "'2026-11-22'", "1", "-2.5e-3", "inf", "nan", "true", "false", "min(metrics.x)", "'", "`", "é", "\u0000", "\U0001F600", "-", "1e", "..", "@", "100000000000000000000000",
    ];

    static readonly string[] Sound =
    [
        "metrics.accuracy > 0.9", "min(metrics.`val loss`) <= -1e-300", "params.lr != 1e+20", "tags.`it``s` contains 'a''b'", "state = 'failed'", "name like '%x_'", "start < '2026-11-22T01:02:03.456Z'",
        "params.x = true", "params.n in (1, 2.5, 'three', false)", "metrics.loss = nan", "metrics.loss < inf", "tags.k not in ('a')",
    ];

    [Fact]
    public void Any_text_is_read_or_refused_with_its_place() => Prop.ForAll(Texts(Pieces, 14), text =>
    {
        try
        {
            Filter.Parse(text).Matches(_ => new QueryValue.Text("1"));
            return true;
        }
        catch (QueryException e)
        {
            return e.Position >= 0 && e.Position <= text.Length && e.Message.Split('\n').Length == 3;
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void The_text_of_a_tree_reads_as_that_tree() => Prop.ForAll(Trees(4).ToArbitrary(), text =>
    {
        string canonical = Filter.Parse(text).ToString();
        return Filter.Parse(canonical).ToString() == canonical;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    static Arbitrary<string> Texts(string[] pieces, int most) =>
        Gen.Choose(0, most).SelectMany(count => Gen.Elements(pieces).ArrayOf(count)).Select(chosen => string.Concat(chosen)).ToArbitrary();

    static Gen<string> Trees(int depth) => depth == 0
        ? Gen.Elements(Sound)
        : Gen.OneOf(
            Gen.Elements(Sound),
            Trees(depth - 1).Select(inner => $"not ({inner})"),
            Trees(depth - 1).SelectMany(left => Trees(depth - 1).SelectMany(right => Gen.Elements("and", "or").Select(word => $"({left}) {word} {right}"))));
}
