using System.Text.RegularExpressions;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Text, on the host.</summary>
static class TextOperators
{
    // A pattern comes with the model: it must not run for ever.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Operator[] All { get; } =
    [
        new("StringNormalizer", 10, Normalize),
        new("StringConcat", 20, Concat),
        new("StringSplit", 20, Split),
        new("RegexFullMatch", 20, FullMatch),
        new("TfIdfVectorizer", 9, TfIdf),
    ];

    static Results Normalize(OperatorCall c)
    {
        OnnxStrings x = c.Strings(0);
        string[] stop = c.Attributes.Texts("stopwords") ?? [];
        StringComparison comparison = c.Flag("is_case_sensitive") ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        IEnumerable<string> kept = x.Items.Where(item => !stop.Any(word => string.Equals(word, item, comparison)));
        string[] items = [.. c.Text("case_change_action", "NONE") switch
        {
            "UPPER" => kept.Select(item => item.ToUpperInvariant()),
            "LOWER" => kept.Select(item => item.ToLowerInvariant()),
            _ => kept,
        }];
        items = items.Length == 0 ? [""] : items;
        return new OnnxStrings(x.Shape.Rank == 2 ? new Shape(1, items.Length) : new Shape(items.Length), items);
    }

    static Results Concat(OperatorCall c)
    {
        (OnnxStrings a, OnnxStrings b) = ElementwiseOperators.Broadcast(c.Strings(0), c.Strings(1));
        return new OnnxStrings(a.Shape, [.. a.Items.Zip(b.Items, string.Concat)]);
    }

    static Results Split(OperatorCall c)
    {
        OnnxStrings x = c.Strings(0);
        string delimiter = c.Text("delimiter", "");
        int most = c.Attributes.Has("maxsplit") ? c.Int("maxsplit", 0) : int.MaxValue - 1;
        string[][] parts = [.. x.Items.Select(item => delimiter.Length == 0 ? Words(item, most) : item.Length == 0 ? [""] : item.Split(delimiter, most + 1))];
        int longest = parts.Length == 0 ? 0 : parts.Max(part => part.Length);
        HostLimits.Elements((long)longest * parts.Length, "the parts");
        return new Results(
            new OnnxStrings(new Shape([.. x.Shape, longest]), [.. parts.SelectMany(part => part.Concat(Enumerable.Repeat("", longest - part.Length)))]),
            Tensor.From<long>(parts.Select(part => (long)part.Length).ToArray(), x.Shape.Extents));
    }

    // At runs of white space; the rest after the last split keeps its own inner space, and that behind it.
    static string[] Words(string text, int most)
    {
        var words = new List<string>();
        string rest = text.TrimStart();
        while (rest.Length > 0)
        {
            int end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
            {
                end++;
            }

            if (words.Count == most || end == rest.Length)
            {
                words.Add(rest);
                break;
            }

            words.Add(rest[..end]);
            rest = rest[end..].TrimStart();
        }

        return [.. words];
    }

    static Results FullMatch(OperatorCall c)
    {
        OnnxStrings x = c.Strings(0);
        var pattern = new Regex($"^(?:{RegexSyntax.Translate(c.Text("pattern", ""))})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience);
        return Tensor.From<bool>(x.Items.Select(item => pattern.IsMatch(item)).ToArray(), x.Shape.Extents);
    }

    static Results TfIdf(OperatorCall c)
    {
        string[][] rows = Rows(c);
        string[] pool = c.Attributes.Texts("pool_strings") ?? [.. (c.Attributes.Ints("pool_int64s") ?? []).Select(Text)];
        int[] starts = c.Ints("ngram_counts")!;
        int[] places = c.Ints("ngram_indexes")!;
        float[]? weights = c.Attributes.Floats("weights");
        (int shortest, int longest, int skips) = (c.Int("min_gram_length", 1), c.Int("max_gram_length", 1), c.Int("max_skip_count", 0));
        // Which n-gram of the pool stands at which place of the result.
        var grams = new Dictionary<string, int>();
        int number = 0;
        for (int length = 1; length <= starts.Length; length++)
        {
            int end = length < starts.Length ? starts[length] : pool.Length;
            for (int at = starts[length - 1]; at + length <= end; at += length)
            {
                grams[Key(pool[at..(at + length)])] = number++;
            }
        }

        int columns = checked(places.Max() + 1);
        var counts = new float[HostLimits.Elements((long)rows.Length * columns, "the result")];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int length = shortest; length <= longest; length++)
            {
                for (int skip = 0; skip <= (length == 1 ? 0 : skips); skip++)
                {
                    for (int at = 0; at + ((length - 1) * (skip + 1)) < rows[row].Length; at++)
                    {
                        string key = Key([.. Enumerable.Range(0, length).Select(k => rows[row][at + (k * (skip + 1))])]);
                        if (grams.TryGetValue(key, out int gram))
                        {
                            counts[(row * columns) + places[gram]]++;
                        }
                    }
                }
            }
        }

        string mode = c.Text("mode", "TF");
        for (int gram = 0; gram < places.Length; gram++)
        {
            for (int row = 0; row < rows.Length; row++)
            {
                ref float count = ref counts[(row * columns) + places[gram]];
                float weight = weights is null ? 1 : weights[gram];
                count = mode == "TF" ? count : count > 0 ? mode == "IDF" ? weight : count * weight : 0;
            }
        }

        return Tensor.From<float>(counts, c.ShapeOf(0).Rank == 1 ? [columns] : [rows.Length, columns]);
    }

    static string[][] Rows(OperatorCall c)
    {
        string[] items = c.Value(0) is OnnxStrings text ? [.. text.Items] : [.. c.Longs(0).Select(Text)];
        int width = c.ShapeOf(0).Rank == 2 ? c.ShapeOf(0)[1] : items.Length;
        return c.ShapeOf(0).Rank == 1 ? [items] : [.. Enumerable.Range(0, c.ShapeOf(0)[0]).Select(row => items[(row * width)..((row + 1) * width)])];
    }

    static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string Key(string[] words) => string.Join('\u0001', words);
}
