using System.Runtime.CompilerServices;

namespace Ashlar;

/// <content>Elements by index, and tensors with some elements replaced.</content>
public sealed partial class Tensor
{
    /// <summary>Elements by NumPy's rules: positions and ranges are views, masks and tensors of integers pick. Missing indices take whole axes.</summary>
    /// <remarks><c>..</c> is one whole axis, <see cref="TensorIndex.Ellipsis"/> all that are left. A mask is evaluated once, to count what it takes.
    /// As in NumPy the axes of several picks, broadcast to each other, stand where the picks stand side by side, else in front.</remarks>
    /// <exception cref="ArgumentException">A position lies outside its axis, or there are too many indices.</exception>
    /// <exception cref="ShapeException">A mask has other extents than its axes, or picks do not broadcast.</exception>
    [IndexerName("Element")]
    public Tensor this[
        TensorIndex first, TensorIndex second = default, TensorIndex third = default, TensorIndex fourth = default,
        TensorIndex fifth = default, TensorIndex sixth = default, TensorIndex seventh = default, TensorIndex eighth = default] => Pick([first, second, third, fourth, fifth, sixth, seventh, eighth]);

    /// <summary>Elements by a list of indices of any length, by the rules of the indexer.</summary>
    /// <exception cref="ArgumentException">A position lies outside its axis, or there are too many indices.</exception>
    public Tensor Pick(ReadOnlySpan<TensorIndex> indices) => Move(this, new IndexExpression(Shape, indices).Of);

    /// <summary>The start of an update: <c>x.At[1..3].Set(v)</c> is a new tensor; <c>Add</c>, <c>Multiply</c>, <c>Max</c> and <c>Min</c> join.</summary>
    public TensorAt At => new(this);
}
