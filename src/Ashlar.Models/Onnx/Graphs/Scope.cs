namespace Ashlar.Onnx.Graphs;

/// <summary>Names of one graph and the slots of their values. A name of the graph around it is captured when it is first read.</summary>
/// <param name="outer">The scope around a body, or null.</param>
sealed class Scope(Scope? outer)
{
    readonly Dictionary<string, int> _slots = [];

    readonly List<(int Outer, int Own)> _captures = [];

    public int Slots { get; private set; }

    public (int Outer, int Own)[] Captures => [.. _captures];

    /// <summary>A new slot under a name; a later definition hides an earlier one.</summary>
    public int Define(string name) => _slots[name] = Slots++;

    /// <summary>The slot of a name of this graph itself.</summary>
    public int? Own(string name) => _slots.TryGetValue(name, out int slot) ? slot : null;

    /// <summary>The slot of a name here or around.</summary>
    public int? Find(string name)
    {
        if (Own(name) is { } own)
        {
            return own;
        }

        if (outer?.Find(name) is not { } found)
        {
            return null;
        }

        int slot = Define(name);
        _captures.Add((found, slot));
        return slot;
    }
}
