namespace Ashlar.Lab.Queries;

/// <summary>Reads a field: <c>state</c>, <c>tags.stage</c>, <c>metrics.`val loss`</c>, <c>max(metrics.accuracy)</c>.</summary>
/// <param name="scanner">Stands before it; stands behind it afterwards.</param>
sealed class FieldParser(QueryScanner scanner)
{
    const string Known = "id, name, experiment, state, start, end, sweep, parent, weights, params.NAME, tags.NAME, metrics.NAME, min(metrics.NAME) or max(metrics.NAME)";

    public Field Parse()
    {
        int place = scanner.Position;
        string word = scanner.TakeName() ?? throw scanner.Fault(place, $"found {scanner.Found(place)}, expected a field. Write {Known}.");
        if (Array.Find(Field.Functions, function => function.Function.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Function: not null } function && scanner.Take('('))
        {
            int inner = scanner.Position;
            Field field = Parse();
            return field.Kind != FieldKind.Metric ? throw scanner.Fault(inner, $"{function.Function} is of metrics. Write {function.Function}(metrics.NAME).")
                : scanner.Take(')') ? field with { Kind = function.Kind }
                : throw scanner.Fault(scanner.Position, $"found {scanner.Found(scanner.Position)}, expected ')'.");
        }

        foreach ((string prefix, FieldKind kind) in Field.Prefixes)
        {
            if (word.StartsWith(prefix + '.', StringComparison.OrdinalIgnoreCase))
            {
                string name = word[(prefix.Length + 1)..];
                name = name.Length > 0 ? name : scanner.TakeQuoted('`', '"', '\'') ?? "";
                return name.Length > 0 ? new Field(kind, name) : throw scanner.Fault(scanner.Position, $"no name behind '{prefix}.'. Write {prefix}.NAME, or {prefix}.`NAME` if the name has blanks.");
            }
        }

        return Array.Find(Field.Words, candidate => candidate.Word.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Word: not null } found
            ? new Field(found.Kind)
            : throw scanner.Fault(place, $"no field is named '{word}'. Write {Known}.");
    }
}
