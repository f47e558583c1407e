using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Writing;

/// <summary>The symbolic axes of a model that is written, and where they stand.</summary>
sealed class SymbolicAxes
{
    // The batch is recorded with these: not likely to be extents of anything else.
    static readonly int[] Batches = [3, 7, 5];

    readonly Dictionary<(int Input, int Axis), SymbolicAxis> _places = [];

    // Extents in the first two recordings that were written as following an axis.
    readonly HashSet<(int One, int Two)> _used = [];

    /// <summary>Each name once.</summary>
    public List<SymbolicAxis> All { get; } = [];

    /// <summary>Whether axes besides the batch are symbolic: then what follows them is tried with a third recording.</summary>
    public bool IsChecked => All.Exists(axis => axis.Extents != Batches);

    /// <param name="inputs">Shapes of the inputs.</param>
    /// <param name="names">Their names.</param>
    /// <param name="named">Input, axis and name of each.</param>
    /// <param name="withBatch">Whether the first axis of every input is one too, named batch.</param>
    /// <exception cref="OnnxException">An axis does not exist, or one name has two extents.</exception>
    public static SymbolicAxes Of(IReadOnlyList<Shape> inputs, string[] names, IReadOnlyList<(string Input, int Axis, string Name)> named, bool withBatch)
    {
        var axes = new SymbolicAxes();
        foreach ((string input, int axis, string name) in named)
        {
            int place = Array.IndexOf(names, input);
            if (place < 0 || axis < 0 || axis >= inputs[place].Rank || name.Length == 0)
            {
                throw new OnnxException($"ONNX: the symbolic axis '{name}' is axis {axis} of '{input}', which does not exist. The inputs are {string.Join(", ", names.Zip(inputs, (one, shape) => $"{one} {shape}"))}; axes count from 0.");
            }

            axes.Add(place, axis, name, names, inputs, null);
        }

        for (int i = 0; withBatch && i < inputs.Count; i++)
        {
            if (inputs[i].Rank > 0 && !axes._places.ContainsKey((i, 0)))
            {
                axes.Add(i, 0, "batch", names, inputs, Batches);
            }
        }

        return axes;
    }

    /// <summary>The shape of an input in a recording.</summary>
    public Shape In(int recording, int input, Shape given) => new([.. given.Select((extent, axis) => _places.TryGetValue((input, axis), out SymbolicAxis? symbol) ? symbol.Extents[recording] : extent)]);

    /// <summary>The name of an axis of an input, or null where its extent is fixed.</summary>
    public string? Name(int input, int axis) => _places.GetValueOrDefault((input, axis))?.Name;

    /// <summary>How an extent follows the axes.</summary>
    /// <exception cref="OnnxException">In no way that is known.</exception>
    public AxisFormula Following(int one, int two)
    {
        _used.Add((one, two));
        return AxisFormula.Of(All, one, two)
            ?? throw new OnnxException($"ONNX: an extent is {one} with {Recording(0)} and {two} with {Recording(1)}, so it follows no symbolic axis by a factor or a difference, and no two by their sum or product. Export with fixed extents.");
    }

    /// <summary>Notes an extent that follows the axes without being written.</summary>
    public void Expect(int one, int two)
    {
        if (one != two && AxisFormula.Of(All, one, two) is not null)
        {
            _used.Add((one, two));
        }
    }

    /// <summary>Tries what was written with the third recording.</summary>
    /// <param name="one">Extents in the first.</param>
    /// <param name="two">The same in the second.</param>
    /// <param name="three">The same in the third.</param>
    /// <exception cref="OnnxException">An extent does not follow the axes as it did before.</exception>
    public void Check(ReadOnlySpan<int> one, ReadOnlySpan<int> two, ReadOnlySpan<int> three)
    {
        for (int i = 0; i < one.Length; i++)
        {
            if (one[i] != two[i] && _used.Contains((one[i], two[i])) && Following(one[i], two[i]).In(2) != three[i])
            {
                throw new OnnxException($"ONNX: an extent is {one[i]} with {Recording(0)}, {two[i]} with {Recording(1)} and {three[i]} with {Recording(2)}, so it follows no symbolic axis by a factor or a difference, and no two by their sum or product. Export with fixed extents.");
            }
        }
    }

    /// <summary>The axes' extents in words.</summary>
    public string Recording(int recording) => string.Join(" and ", All.Select(axis => axis.Name == "batch" ? $"a batch of {axis.Extents[recording]}" : $"{axis.Name} {axis.Extents[recording]}"));

    void Add(int input, int axis, string name, string[] names, IReadOnlyList<Shape> inputs, int[]? extents)
    {
        int given = inputs[input][axis];
        if (All.Find(other => other.Name == name) is not { } symbol)
        {
            symbol = new SymbolicAxis(name, names[input], axis, extents ?? Extents(given));
            All.Add(symbol);
        }
        else if (inputs[Array.IndexOf(names, symbol.Input)][symbol.Axis] is var first && extents is null && first != given)
        {
            throw new OnnxException($"ONNX: the symbolic axis '{name}' is {first} in '{symbol.Input}' and {given} in '{names[input]}'. Give inputs in which it has one extent.");
        }

        _places[(input, axis)] = symbol;
    }

    // Near what was given and rather below it, since tables of positions end somewhere; no two axes change by the same number.
    int[] Extents(int given)
    {
        int by = 1;
        while (All.Exists(axis => Math.Abs(axis.Extents[1] - axis.Extents[0]) == by) || by == Batches[1] - Batches[0])
        {
            by++;
        }

        int usual = Math.Max(given, Batches[0]);
        return usual > 3 * by ? [usual, usual - by, usual - (2 * by)] : [usual, usual + by, usual + (3 * by)];
    }
}
