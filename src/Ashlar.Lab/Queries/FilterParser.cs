using System.Globalization;

namespace Ashlar.Lab.Queries;

/// <summary>Reads a filter: <c>or</c> of <c>and</c> of <c>not</c> of comparisons and parentheses.</summary>
sealed class FilterParser
{
    // Deeper trees than people write; a hostile text must not exhaust the stack.
    const int DeepestNesting = 100;
    const int LongestText = 20_000;
    const int MostTerms = 500;

    readonly QueryScanner _scanner;
    int _depth;
    int _terms;

    public FilterParser(string text)
    {
        _scanner = new QueryScanner(text);
        if (text.Length > LongestText)
        {
            throw new QueryException(text[..40], 0, $"the filter has {text.Length} characters. Write at most {LongestText}.");
        }
    }

    public Filter Parse()
    {
        if (_scanner.IsAtEnd)
        {
            return Filter.Everything;
        }

        Filter filter = Or();
        return _scanner.IsAtEnd ? filter : throw Expected("'and', 'or' or the end");
    }

    Filter Or()
    {
        Filter filter = And();
        while (_scanner.TakeKeyword("or"))
        {
            filter = new Filter.Or(filter, And());
        }

        return filter;
    }

    Filter And()
    {
        Filter filter = Not();
        while (_scanner.TakeKeyword("and"))
        {
            filter = new Filter.And(filter, Not());
        }

        return filter;
    }

    Filter Not()
    {
        int begin = _scanner.Position;
        if (++_depth > DeepestNesting)
        {
            throw _scanner.Fault(begin, $"more than {DeepestNesting} nested conditions. Write a simpler filter.");
        }

        Filter filter = _scanner.TakeKeyword("not") ? new Filter.Not(Not()) : _scanner.Take('(') ? Inner() : Condition();
        _depth--;
        return filter;
    }

    Filter Inner()
    {
        Filter inner = Or();
        return _scanner.Take(')') ? inner : throw Expected("'and', 'or' or ')'");
    }

    Filter Condition()
    {
        if (++_terms > MostTerms)
        {
            throw _scanner.Fault(_scanner.Position, $"more than {MostTerms} comparisons. Write a simpler filter, or name values in a list: params.seed in (1, 2, 3).");
        }

        Field field = new FieldParser(_scanner).Parse();
        int place = _scanner.Position;
        bool negated = _scanner.TakeKeyword("not");
        if (_scanner.TakeKeyword("in"))
        {
            return Negated(new Filter.In(field, List(field)), negated);
        }

        if (_scanner.TakeComparator() is not { } comparator || (negated && comparator is not (Comparator.Like or Comparator.Contains)))
        {
            throw _scanner.Fault(place, $"found {_scanner.Found(place)} behind {field}, expected a comparison. Write one of = != < <= > >= like contains in.");
        }

        return Negated(new Filter.Comparison(field, comparator, Value(field, comparator, place)), negated);
    }

    static Filter Negated(Filter filter, bool negated) => negated ? new Filter.Not(filter) : filter;

    List<QueryValue> List(Field field)
    {
        if (!_scanner.Take('('))
        {
            throw Expected("a list in parentheses such as (1, 2, 3)");
        }

        var values = new List<QueryValue>();
        do
        {
            values.Add(Value(field, Comparator.Equal, _scanner.Position));
        }
        while (_scanner.Take(','));
        return _scanner.Take(')') ? values : throw Expected("',' or ')'");
    }

    QueryValue Value(Field field, Comparator comparator, int sign)
    {
        int place = _scanner.Position;
        QueryValue value = _scanner.TakeQuoted('\'', '"') is { } text ? new QueryValue.Text(text)
            : _scanner.TakeNumber() is { } number ? new QueryValue.Number(number)
            : _scanner.TakeKeyword("true") ? new QueryValue.Truth(true)
            : _scanner.TakeKeyword("false") ? new QueryValue.Truth(false)
            : throw NoValue(place);
        return Suiting(field, comparator, value, place, sign);
    }

    QueryException NoValue(int place) => _scanner.TakeName() is { } word
        ? _scanner.Fault(place, $"{word} has no quotes. Write '{word}', or a number, true or false.")
        : _scanner.Fault(place, $"found {_scanner.Found(place)}, expected a value. Write a number, a text in quotes, true or false.");

    QueryValue Suiting(Field field, Comparator comparator, QueryValue value, int place, int sign)
    {
        bool isOrder = comparator is not (Comparator.Equal or Comparator.NotEqual);
        bool isPattern = comparator is Comparator.Like or Comparator.Contains;
        return (field, value) switch
        {
            ({ IsMetric: true }, not QueryValue.Number) => throw _scanner.Fault(place, $"{field} is a number and {value} is not. Write a number without quotes."),
            ({ IsTime: true }, _) => isPattern ? throw _scanner.Fault(sign, $"{field} is a time. Compare it with = != < <= > >=.") : Time(field, value, place),
            _ when isPattern && (value is not QueryValue.Text || field.IsMetric) => throw _scanner.Fault(field.IsMetric ? sign : place, "like and contains look into texts. Write a text in quotes behind a field of text."),
            (_, QueryValue.Truth) when isOrder => throw _scanner.Fault(sign, "true and false have no order. Compare them with = or !=."),
            (_, QueryValue.Number { Value: double.NaN }) when isOrder => throw _scanner.Fault(sign, "nan has no order. Compare it with = or !=."),
            ({ Kind: FieldKind.State }, QueryValue.Text text) when !isOrder && !RunStates.Contains(text.Value) => throw _scanner.Fault(place, $"no state is named {text}. Write one of {string.Join(", ", RunStates)}."),
            ({ Kind: not (FieldKind.Tag or FieldKind.Parameter), IsMetric: false }, not QueryValue.Text) => throw _scanner.Fault(place, $"{field} is a text and {value} is not. Write it in quotes."),
            _ => value,
        };
    }

    static readonly string[] RunStates = ["running", "finished", "failed", "interrupted"];

    QueryValue.Time Time(Field field, QueryValue value, int place) =>
        value is QueryValue.Text text && DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? new QueryValue.Time(time)
            : throw _scanner.Fault(place, $"{field} is a time and {value} is not. Write one in quotes such as '2026-11-22' or '2026-11-22T09:30:00Z'; without a zone it is UTC.");

    QueryException Expected(string what) => _scanner.Fault(_scanner.Position, $"found {_scanner.Found(_scanner.Position)}, expected {what}.");
}
