using Ashlar.Runtime;

namespace Ashlar.Ir;

/// <summary>A value that lives across plans and changes only by assignment: a parameter, a moment of an optimiser, a running statistic.</summary>
/// <remarks>An assignment inside a plan writes in place where the scheduler proves that no later kernel of the plan reads the old value.
/// A variable with <paramref name="snapshots"/> instead alternates between two blocks, so that a result recorded before the last
/// assignment can still be computed after it: people read logits after the optimiser's step.</remarks>
/// <param name="shape">Extents.</param>
/// <param name="type">Dtype.</param>
/// <param name="name">As in messages.</param>
/// <param name="snapshots">Whether the previous value stays readable for one assignment.</param>
public sealed class Variable(Shape shape, DType type, string name, bool snapshots)
{
    Storage? _spare;
    Node? _leaf;
    Node? _previous;

    /// <summary>Extents.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>Dtype.</summary>
    public DType Type { get; } = type;

    /// <summary>As in messages and files.</summary>
    public string Name { get; set; } = name;

    /// <summary>Whether the previous value stays readable for one assignment.</summary>
    public bool Snapshots { get; } = snapshots;

    /// <summary>The leaf for the present value.</summary>
    /// <exception cref="InvalidOperationException">No value was assigned yet.</exception>
    public Node Leaf => _leaf ?? throw new InvalidOperationException($"Variable '{Name}': it has no value yet. Assign one first.");

    /// <summary>Whether a value was assigned.</summary>
    public bool HasValue => _leaf is not null;

    /// <summary>Takes a finished value as the present one; its memory becomes the variable's own and is written over later.</summary>
    public void Set(Storage value) => _leaf = Node.Of(this, value);

    /// <summary>Takes the last assignment back, once.</summary>
    /// <returns>Whether there was one whose old value is still there: only with snapshots.</returns>
    public bool Revert()
    {
        if (_previous is null)
        {
            return false;
        }

        (_spare, _leaf, _previous) = (_leaf?.Value, _previous, null);
        return true;
    }

    /// <summary>Whether the leaf of an earlier value can still be read.</summary>
    internal bool IsReadable(Node leaf) => ReferenceEquals(leaf, _leaf)
        || (Snapshots && ReferenceEquals(leaf, _previous));

    // The block that the next assignment writes to: the present one for a safe in-place update, else the other of the two,
    // unless the plan reads the previous value from it: then a new one.
    internal Storage Target(bool inPlace, ReadOnlySpan<Storage> read)
    {
        if (inPlace && !Snapshots && HasValue)
        {
            return Leaf.Value!;
        }

        if (_spare is not null && read.Contains(_spare))
        {
            _spare = null;
        }

        return _spare ??= Storage.Allocate((nint)Shape.Size * Type.ItemSize);
    }

    internal void Commit(Storage written)
    {
        // Only now: the plan itself may have laid out the value that it then wrote over.
        written.Change();
        if (!ReferenceEquals(written, _leaf?.Value))
        {
            _spare = _leaf?.Value;
        }

        _previous = Snapshots ? _leaf : null;
        _leaf = Node.Of(this, written);
    }
}
