using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Ashlar;

/// <summary>What stands in the brackets of <c>x[…]</c> for one axis or more: a position, a range, a slice with a step, <see cref="Ellipsis"/>, <see cref="None"/>,
/// a bool mask, or a list or tensor of integers, as <c>x[[0, 2]]</c>. All but the constants and <see cref="Slice"/> convert implicitly.</summary>
/// <remarks>With <c>using static Ashlar.TensorIndex</c> one writes <c>x[Ellipsis, Slice(null, null, -1), None]</c>.</remarks>
[CollectionBuilder(typeof(TensorIndex), nameof(Of))]
public readonly struct TensorIndex
{
    TensorIndex(IndexKind kind) => Kind = kind;

    /// <summary>As many whole axes as are left over; at most once.</summary>
    public static TensorIndex Ellipsis { get; } = new(IndexKind.Ellipsis);

    /// <summary>A new axis of extent 1; takes none of the tensor's.</summary>
    public static TensorIndex None { get; } = new(IndexKind.NewAxis);

    internal IndexKind Kind { get; }

    internal IndexBound? Start { get; private init; }

    internal IndexBound? Stop { get; private init; }

    internal int Step { get; private init; } = 1;

    internal Tensor? Tensor { get; private init; }

    /// <summary>Python's <c>start:stop:step</c>: negative bounds count from the end, bounds outside are moved to the border, null is the border where the walk begins or ends.</summary>
    /// <param name="start">The first position.</param>
    /// <param name="stop">The position before which the walk ends.</param>
    /// <param name="step">Distance from one position to the next; negative walks backwards.</param>
    /// <exception cref="ArgumentException">The step is 0.</exception>
    public static TensorIndex Slice(int? start, int? stop, int step = 1) => step != 0
        ? new TensorIndex(IndexKind.Slice) { Start = IndexBound.Of(start), Stop = IndexBound.Of(stop), Step = step }
        : throw new ArgumentException("Slice: the step is 0, so the walk never ends. Give 1 or more, or -1 or less.", nameof(step));

    /// <summary>The elements at these positions of an axis: what <c>x[[0, 2]]</c> means.</summary>
    public static TensorIndex Of(ReadOnlySpan<int> positions) => Tensor.From(positions, positions.Length);

    /// <summary>The positions of a list. The compiler asks for it, so that a list can stand in the brackets.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(Kind == IndexKind.Integers ? Tensor!.To(DType.Int32).ToArray<int>() : [])).GetEnumerator();

    /// <summary>One position of an axis, which disappears; a negative one counts from the end.</summary>
    public static implicit operator TensorIndex(int position) => new(IndexKind.Position) { Start = IndexBound.Of(position) };

    /// <summary>One position of an axis, which disappears.</summary>
    public static implicit operator TensorIndex(Index position) => new(IndexKind.Position) { Start = new IndexBound(position.Value, position.IsFromEnd) };

    /// <summary>A range of an axis; <c>..</c> is the whole axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(IndexKind.Slice)
    {
        Start = new IndexBound(range.Start.Value, range.Start.IsFromEnd),
        Stop = new IndexBound(range.End.Value, range.End.IsFromEnd),
    };

    /// <summary>Integers: the elements at these positions of an axis. bool: the elements where the mask is true, over as many axes as the mask has.</summary>
    public static implicit operator TensorIndex(Tensor tensor) => new(tensor.DType == DType.Bool ? IndexKind.Mask : IndexKind.Integers) { Tensor = tensor };

    /// <summary>The elements at these positions of an axis.</summary>
    public static implicit operator TensorIndex(int[] positions) => Tensor.From(positions, positions.Length);
}
