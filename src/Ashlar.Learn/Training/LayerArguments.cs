using System.Globalization;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>The arguments of a layer in an architecture's text: those without a name in order, then those with one.</summary>
/// <param name="layer">The layer's name, for messages.</param>
/// <param name="file">The file's name, for messages.</param>
sealed class LayerArguments(string layer, string file)
{
    const int MaxNumber = 65536;

    readonly Queue<string[]> _ordered = [];
    readonly Dictionary<string, string[]> _named = new(StringComparer.Ordinal);

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <param name="name">The name, or null.</param>
    /// <param name="value">One text, or two for a pair.</param>
    public void Add(string? name, string[] value)
    {
        Count++;
        if (name is null)
        {
            _ordered.Enqueue(value);
        }
        else if (!_named.TryAdd(name, value))
        {
            throw Wrong($"the argument '{name}' twice");
        }
    }

    /// <summary>The next argument without a name, 1 to 65 536.</summary>
    public int Extent() => Ordered() is [string text] && Parsed(text) is int number and > 0 ? number : throw Wrong("an extent that is none");

    /// <summary>The next argument without a name: one whole number or two.</summary>
    public Pair Pair() => ToPair(Ordered());

    /// <summary>A named argument: one whole number or two; null without.</summary>
    public Pair? Pair(string name) => _named.Remove(name, out string[]? value) ? ToPair(value) : null;

    /// <summary>The next argument without a name, a finite number.</summary>
    public double Number() => ToNumber(Ordered());

    /// <summary>A named argument, a finite number.</summary>
    public double Number(string name, double usual) => _named.Remove(name, out string[]? value) ? ToNumber(value) : usual;

    /// <summary>A named argument, true or false.</summary>
    public bool Flag(string name, bool usual) => !_named.Remove(name, out string[]? value) ? usual : value switch
    {
        ["true"] => true,
        ["false"] => false,
        _ => throw Wrong($"{name}: {string.Join(", ", value)}"),
    };

    /// <summary>A named argument, 1 to 65 536.</summary>
    public int Whole(string name, int usual) => Whole(name) ?? usual;

    /// <summary>A named argument, 1 to 65 536; null without.</summary>
    public int? Whole(string name) => !_named.Remove(name, out string[]? value) ? null
        : value is [string text] && Parsed(text) is int number and > 0 ? number : throw Wrong($"{name}: {string.Join(", ", value)}");

    /// <summary>A named argument such as <c>PadMode.Reflect</c>.</summary>
    public T Choice<T>(string name, T usual)
        where T : struct, Enum => !_named.Remove(name, out string[]? value) ? usual
        : Enum.GetValues<T>().Cast<T?>().FirstOrDefault(choice => value is [string text] && text == $"{typeof(T).Name}.{choice}") ?? throw Wrong($"{name}: {string.Join(", ", value)}");

    /// <exception cref="ParseException">An argument was not asked for.</exception>
    public void End()
    {
        if (_ordered.Count + _named.Count > 0)
        {
            throw Wrong($"{_ordered.Count + _named.Count} arguments too many");
        }
    }

    string[] Ordered() => _ordered.TryDequeue(out string[]? value) ? value : throw Wrong("an argument too few");

    Pair ToPair(string[] value)
    {
        int?[] numbers = [.. value.Select(Parsed)];
        return numbers is [int rows, ..] && numbers[^1] is int columns ? new Pair(rows, columns) : throw Wrong(string.Join(", ", value));
    }

    double ToNumber(string[] value) => value is [string text] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        ? number
        : throw Wrong(string.Join(", ", value));

    static int? Parsed(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxNumber ? number : null;

    ParseException Wrong(string found) => new(file, -1, $"in the architecture {layer} with {found}", $"the arguments of {layer}", "Take a file as `ashlar train` wrote it.");
}
