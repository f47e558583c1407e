using System.Globalization;
using Ashlar.Lab.Queries;
using SortKey = Ashlar.Lab.Queries.SortKey;

namespace Ashlar.Server.MLflow;

/// <summary>Reads MLflow's filters and orders: <c>metrics.accuracy &gt; 0.9 AND params."lr" = '0.1'</c>, <c>metrics.accuracy DESC</c>.</summary>
/// <remarks>LIKE and ILIKE both take ASCII letters in either case; in MLflow only ILIKE does.</remarks>
sealed class MlflowFilter
{
    const int LongestText = 20_000;
    const string EntitiesKnown = "['attribute', 'metric', 'parameter', 'tag']";

    readonly string _text;
    int _at;

    MlflowFilter(string text) => _text = text.Length <= LongestText ? text : throw MlflowException.Invalid($"The filter has {text.Length} characters, more than {LongestText}.");

    /// <summary>Reads a filter; empty takes every run.</summary>
    /// <exception cref="MlflowException">The text is none.</exception>
    public static Filter Parse(string text)
    {
        var reader = new MlflowFilter(text);
        if (reader.IsAtEnd)
        {
            return Filter.Everything;
        }

        Filter filter = reader.Comparison();
        while (reader.TakeWord("and"))
        {
            filter = new Filter.And(filter, reader.Comparison());
        }

        return reader.IsAtEnd ? filter : throw reader.Fault("expected AND or the end");
    }

    /// <summary>Reads orders; none is the newest first.</summary>
    /// <exception cref="MlflowException">A text is none.</exception>
    public static IReadOnlyList<SortKey> ParseOrder(IReadOnlyList<string> texts)
    {
        var keys = new List<SortKey>();
        foreach (string text in texts)
        {
            var reader = new MlflowFilter(text);
            Field field = reader.Field();
            bool isDescending = reader.TakeWord("desc");
            if (!isDescending)
            {
                reader.TakeWord("asc");
            }

            keys.Add(reader.IsAtEnd ? new SortKey(field, isDescending) : throw reader.Fault("expected ASC, DESC or the end"));
        }

        return keys.Count == 0 ? [SortKey.Newest] : [.. keys, SortKey.Newest];
    }

    bool IsAtEnd
    {
        get
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }

            return _at == _text.Length;
        }
    }

    Filter Comparison()
    {
        Field field = Field();
        bool negated = TakeWord("not");
        if (TakeWord("in"))
        {
            Filter list = new Filter.In(field, List(field));
            return negated ? new Filter.Not(list) : list;
        }

        Comparator comparator = negated ? throw Fault("expected IN behind NOT") : Comparator();
        bool isText = !field.IsMetric && !field.IsTime;
        if (isText && comparator is not (Ashlar.Lab.Queries.Comparator.Equal or Ashlar.Lab.Queries.Comparator.NotEqual or Ashlar.Lab.Queries.Comparator.Like))
        {
            throw Fault("texts are compared with =, !=, LIKE, ILIKE or IN");
        }

        if (!isText && comparator == Ashlar.Lab.Queries.Comparator.Like)
        {
            throw Fault("numbers are compared with =, !=, >, >=, < or <=");
        }

        return new Filter.Comparison(field, comparator, Value(field));
    }

    List<QueryValue> List(Field field)
    {
        var values = new List<QueryValue>();
        do
        {
            _ = IsAtEnd;
            if (!Take(values.Count == 0 ? '(' : ','))
            {
                throw Fault("expected a list such as ('a', 'b')");
            }

            values.Add(Value(field));
            _ = IsAtEnd;
        }
        while (!Take(')'));
        return values;
    }

    QueryValue Value(Field field)
    {
        if (field.IsMetric || field.IsTime)
        {
            string number = IsAtEnd ? "" : Run(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.');
            return !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? throw Fault("expected a number")
                : field.IsMetric ? new QueryValue.Number(value)
                : Math.Abs(value) < 6e13 ? new QueryValue.Time(DateTimeOffset.FromUnixTimeMilliseconds((long)value))
                : throw Fault("expected a time in milliseconds since 1970");
        }

        string text = IsAtEnd ? throw Fault("expected a text in quotes") : Quoted("'\"") ?? throw Fault("expected a text in quotes");
        return new QueryValue.Text(field.Kind != FieldKind.State ? text : MlflowRun.StateOf(text) is { } state ? RunValues.TextOf(state) : text);
    }

    Comparator Comparator()
    {
        if (TakeWord("like") || TakeWord("ilike"))
        {
            return Ashlar.Lab.Queries.Comparator.Like;
        }

        _ = IsAtEnd;
        return Run(letter => letter is '=' or '!' or '<' or '>') switch
        {
            "=" or "==" => Ashlar.Lab.Queries.Comparator.Equal,
            "!=" or "<>" => Ashlar.Lab.Queries.Comparator.NotEqual,
            "<" => Ashlar.Lab.Queries.Comparator.Less,
            "<=" => Ashlar.Lab.Queries.Comparator.LessOrEqual,
            ">" => Ashlar.Lab.Queries.Comparator.Greater,
            ">=" => Ashlar.Lab.Queries.Comparator.GreaterOrEqual,
            _ => throw Fault("expected a comparison"),
        };
    }

    Field Field()
    {
        string word = IsAtEnd ? throw Fault("expected a name") : Quoted("`\"") ?? Run(IsName);
        if (word.Length == 0)
        {
            throw Fault("expected a name");
        }

        FieldKind? kind = word.ToLowerInvariant() switch
        {
            "metric" or "metrics" => FieldKind.Metric,
            "param" or "params" or "parameter" or "parameters" => FieldKind.Parameter,
            "tag" or "tags" => FieldKind.Tag,
            _ => null,
        };
        if (!Take('.'))
        {
            return Attribute(word);
        }

        string name = Quoted("`\"") ?? Run(letter => IsName(letter) || letter is '.' or '/' or '-' or ':');
        return kind is { } known
            ? name.Length > 0 ? OfTag(new Field(known, name)) : throw Fault("expected a name behind the point")
            : word.ToLowerInvariant() is "attribute" or "attributes" or "attr" or "run"
                ? Attribute(name)
                : throw MlflowException.Invalid($"Invalid entity type '{word}'. Valid values are {EntitiesKnown}");
    }

    // What MLflow keeps as tags stands elsewhere here.
    static Field OfTag(Field field) => field is { Kind: FieldKind.Tag, Name: "mlflow.runName" } ? new Field(FieldKind.Name) : field;

    static Field Attribute(string name) => name.ToLowerInvariant() switch
    {
        "run_id" => new Field(FieldKind.Id),
        "run_name" or "run name" => new Field(FieldKind.Name),
        "status" => new Field(FieldKind.State),
        "start_time" or "created" => new Field(FieldKind.Start),
        "end_time" => new Field(FieldKind.End),
        "user_id" => new Field(FieldKind.Tag, "mlflow.user"),
        _ => throw MlflowException.Invalid($"Invalid attribute key '{name}' specified. Valid keys are 'run_id', 'run_name', 'status', 'start_time', 'end_time', 'user_id'"),
    };

    bool Take(char sign)
    {
        bool taken = _at < _text.Length && _text[_at] == sign;
        _at += taken ? 1 : 0;
        return taken;
    }

    bool TakeWord(string word)
    {
        bool taken = !IsAtEnd && string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0 && (_at + word.Length == _text.Length || !IsName(_text[_at + word.Length]));
        _at += taken ? word.Length : 0;
        return taken;
    }

    string Run(Func<char, bool> belongs)
    {
        int begin = _at;
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }

        return _text[begin.._at];
    }

    string? Quoted(string quotes)
    {
        if (_at >= _text.Length || !quotes.Contains(_text[_at]))
        {
            return null;
        }

        int end = _text.IndexOf(_text[_at], _at + 1);
        if (end < 0)
        {
            throw Fault("expected the end of the quotes");
        }

        string text = _text[(_at + 1)..end];
        _at = end + 1;
        return text;
    }

    MlflowException Fault(string what) => MlflowException.Invalid($"Invalid clause(s) in filter string: '{_text}': at character {_at + 1}: {what}.");

    static bool IsName(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
