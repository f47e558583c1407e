namespace Ashlar.Nn;

/// <summary>Compares a saved state with what is wanted, before anything is changed.</summary>
static class StateCheck
{
    /// <param name="where">As the message begins.</param>
    /// <param name="wanted">Names with the present values.</param>
    /// <param name="given">The saved state.</param>
    /// <exception cref="StateException">A name is missing, unexpected, or has another shape or dtype.</exception>
    public static void Fits(string where, IReadOnlyDictionary<string, Tensor> wanted, IReadOnlyDictionary<string, Tensor> given)
    {
        string[] missing = [.. wanted.Keys.Where(name => !given.ContainsKey(name)).Order(StringComparer.Ordinal)];
        string[] unexpected = [.. given.Keys.Where(name => !wanted.ContainsKey(name)).Order(StringComparer.Ordinal)];
        string[] mismatched = [.. wanted.Where(pair => given.TryGetValue(pair.Key, out Tensor? value) && !Same(pair.Value, value))
            .Select(pair => $"'{pair.Key}' is {Text(given[pair.Key])}, wanted {Text(pair.Value)}").Order(StringComparer.Ordinal)];
        if (missing.Length + unexpected.Length + mismatched.Length == 0)
        {
            return;
        }

        List<string> faults = [];
        Add(faults, "missing", missing);
        Add(faults, "unexpected", unexpected);
        Add(faults, "mismatched", mismatched);
        throw new StateException($"{where}: the state does not fit: {string.Join("; ", faults)}. Nothing was changed. Build the model as it was when the state was saved.");
    }

    /// <summary>The same as a list, one text for each name.</summary>
    /// <param name="wanted">Names with the present values.</param>
    /// <param name="given">The saved state.</param>
    public static string[] Differences(IReadOnlyDictionary<string, Tensor> wanted, IReadOnlyDictionary<string, Tensor> given) =>
    [
        .. wanted.Keys.Where(name => !given.ContainsKey(name)).Order(StringComparer.Ordinal).Select(name => $"missing '{name}'"),
        .. given.Keys.Where(name => !wanted.ContainsKey(name)).Order(StringComparer.Ordinal).Select(name => $"unexpected '{name}'"),
        .. wanted.Where(pair => given.TryGetValue(pair.Key, out Tensor? value) && !Same(pair.Value, value)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"'{pair.Key}' is {Text(given[pair.Key])}, wanted {Text(pair.Value)}"),
    ];

    static void Add(List<string> faults, string fault, string[] names)
    {
        if (names.Length > 0)
        {
            faults.Add($"{names.Length} {fault}: {string.Join(", ", names)}");
        }
    }

    static bool Same(Tensor a, Tensor b) => a.DType == b.DType && a.Shape.Equals(b.Shape);

    static string Text(Tensor tensor) => $"{tensor.DType.Name}{tensor.Shape}";
}
