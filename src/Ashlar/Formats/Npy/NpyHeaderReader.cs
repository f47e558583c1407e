using System.Globalization;

namespace Ashlar;

/// <summary>Reads the dictionary of a .npy header: the few literals of Python that NumPy writes there.</summary>
sealed class NpyHeaderReader(string text, string file, long offset)
{
    int _at;

    public NpyHeader Read()
    {
        string? descr = null;
        bool? order = null;
        Shape? shape = null;
        Take('{');
        while (!Skip('}'))
        {
            int start = _at;
            string key = Quoted();
            Take(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = Peek() == '\'' || Peek() == '"' ? Quoted() : throw Wrong("a structured dtype", "a simple one", "Save one field of the array alone.");
                    break;
                case "fortran_order" when order is null:
                    order = Word() switch { "True" => true, "False" => false, var word => throw Wrong($"'{word}'", "True or False", "Save the array again.") };
                    break;
                case "shape" when shape is null:
                    shape = Extents();
                    break;
                default:
                    _at = start;
                    throw Wrong($"the key '{key}'", "descr, fortran_order and shape, once each", "Save the array again.");
            }

            if (!Skip(','))
            {
                Take('}');
                break;
            }
        }

        if (text[_at..].AsSpan().ContainsAnyExcept(' ', '\n'))
        {
            throw Wrong("text behind the dictionary", "blanks and a line end", "Save the array again.");
        }

        if (descr is null || order is null || shape is null)
        {
            throw Wrong("a dictionary without one of its keys", "descr, fortran_order and shape", "Save the array again.");
        }

        return NpyDType.Find(descr) is ({ } type, { } swapped)
            ? new NpyHeader(type, swapped, order.Value, shape)
            : throw Wrong($"the dtype '{descr}'", NpyDType.Supported, "Convert the array with astype before saving it.");
    }

    Shape Extents()
    {
        Take('(');
        var extents = new List<int>();
        long size = 1;
        while (!Skip(')'))
        {
            string digits = Word();
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) || extents.Count == Shape.MaxRank)
            {
                throw Wrong($"the extent '{digits}' of axis {extents.Count}", $"up to {Shape.MaxRank} whole numbers up to 2147483647", "Save smaller parts of the array.");
            }

            extents.Add(extent);
            size = extent == 0 || size == 0 ? 0 : size * extent;
            if (size > int.MaxValue)
            {
                throw Wrong($"more than {int.MaxValue} elements", "fewer", "Save smaller parts of the array.");
            }

            if (!Skip(','))
            {
                Take(')');
                break;
            }
        }

        return new Shape([.. extents]);
    }

    string Quoted()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Wrong(Found(), "a text in quotes", "Save the array again.");
        }

        int end = text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            throw Wrong("a text without its closing quote", $"{quote}", "Save the array again.");
        }

        string inside = text[(_at + 1)..end];
        _at = end + 1;
        return inside;
    }

    string Word()
    {
        Peek();
        int start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    void Take(char wanted)
    {
        if (!Skip(wanted))
        {
            throw Wrong(Found(), $"'{wanted}'", "Save the array again.");
        }
    }

    bool Skip(char wanted)
    {
        bool found = Peek() == wanted;
        _at += found ? 1 : 0;
        return found;
    }

    char Peek()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }

    string Found() => _at < text.Length ? $"'{text[_at]}'" : "the end of the header";

    ParseException Wrong(string found, string expected, string remedy) => new(file, offset + _at, found, expected, remedy);
}
