using System.Globalization;
using System.Text;

namespace Ashlar.Lab.Queries;

/// <summary>Cuts a query into words, signs, numbers and quoted texts, each with its place.</summary>
/// <param name="query">The whole text.</param>
sealed class QueryScanner(string query)
{
    static readonly (string Sign, Comparator Comparator)[] Signs =
    [
        ("==", Comparator.Equal), ("!=", Comparator.NotEqual), ("<>", Comparator.NotEqual), ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual),
        ("=", Comparator.Equal), ("<", Comparator.Less), (">", Comparator.Greater),
    ];

    int _position;

    /// <summary>Where the next token begins, behind blanks.</summary>
    public int Position
    {
        get
        {
            while (_position < query.Length && (char.IsWhiteSpace(query[_position]) || char.IsControl(query[_position])))
            {
                _position++;
            }

            return _position;
        }
    }

    public bool IsAtEnd => Position == query.Length;

    char Next => Position < query.Length ? query[_position] : '\0';

    /// <summary>The canonical sign or word.</summary>
    public static string Symbol(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.Like => "like",
        Comparator.Contains => "contains",
        _ => Signs.First(sign => sign.Comparator == comparator).Sign,
    };

    /// <summary>Whether a name needs no backticks.</summary>
    public static bool IsPlainName(string name) => name.Length > 0 && IsNameStart(name[0]) && name.All(IsNamePart);

    public QueryException Fault(int position, string fault) => new(query, position, fault);

    /// <summary>What stands at a place, for messages.</summary>
    public string Found(int position)
    {
        if (position >= query.Length)
        {
            return "the end";
        }

        int end = position;
        while (end < query.Length && IsNamePart(query[end]))
        {
            end++;
        }

        return $"'{(end == position ? query[position].ToString() : query[position..end])}'";
    }

    public bool Take(char sign)
    {
        bool taken = Next == sign && !IsAtEnd;
        _position += taken ? 1 : 0;
        return taken;
    }

    /// <summary>Takes a keyword in any casing; not the beginning of a longer word.</summary>
    public bool TakeKeyword(string keyword)
    {
        int end = Position + keyword.Length;
        bool taken = end <= query.Length && query.AsSpan(_position, keyword.Length).Equals(keyword, StringComparison.OrdinalIgnoreCase) && (end == query.Length || !IsNamePart(query[end]));
        _position = taken ? end : _position;
        return taken;
    }

    public Comparator? TakeComparator()
    {
        int begin = Position;
        foreach ((string sign, Comparator comparator) in Signs)
        {
            if (string.CompareOrdinal(query, begin, sign, 0, sign.Length) == 0)
            {
                _position += sign.Length;
                return comparator;
            }
        }

        return TakeKeyword("like") ? Comparator.Like : TakeKeyword("contains") ? Comparator.Contains : null;
    }

    /// <summary>Letters, digits and <c>_ . - / : @</c> from here on, or null: names of metrics and parameters as people write them.</summary>
    public string? TakeName()
    {
        int begin = Position;
        if (!IsNameStart(Next))
        {
            return null;
        }

        while (_position < query.Length && IsNamePart(query[_position]))
        {
            _position++;
        }

        return query[begin.._position];
    }

    /// <summary>A text between <c>'</c>, <c>"</c> or backticks from here on, in which the quote is written twice; or null.</summary>
    public string? TakeQuoted(params ReadOnlySpan<char> quotes)
    {
        int begin = Position;
        char quote = Next;
        if (!quotes.Contains(quote))
        {
            return null;
        }

        var text = new StringBuilder();
        for (int i = begin + 1; i < query.Length; i++)
        {
            if (query[i] != quote)
            {
                text.Append(query[i]);
            }
            else if (i + 1 < query.Length && query[i + 1] == quote)
            {
                text.Append(query[i++]);
            }
            else
            {
                _position = i + 1;
                return text.ToString();
            }
        }

        throw Fault(begin, $"this {quote} is not closed. Write {quote} behind the text.");
    }

    /// <summary>A number, <c>inf</c> or <c>nan</c>, with a sign or without; or null.</summary>
    public double? TakeNumber()
    {
        int begin = Position, end = begin + (Next is '-' or '+' ? 1 : 0);
        int sign = end > begin && Next == '-' ? -1 : 1;
        int first = end;
        while (end < query.Length && (char.IsAsciiLetterOrDigit(query[end]) || query[end] == '.' || (query[end] is '-' or '+' && end > first && query[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        ReadOnlySpan<char> word = query.AsSpan(first, end - first);
        double? number = word.Equals("inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
            : word.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : word.Length > 0 && (char.IsAsciiDigit(word[0]) || word[0] == '.') && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double read) ? read
            : null;
        _position = number is null ? begin : end;
        return sign * number;
    }

    static bool IsNameStart(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c);

    static bool IsNamePart(char c) => IsNameStart(c) || c is '.' or '-' or '/' or ':' or '@';
}
