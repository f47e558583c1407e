using Ashlar.Primitives;

namespace Ashlar;

/// <content>Padding with elements of the tensor.</content>
public sealed partial class Tensor
{
    /// <summary>Surrounds the elements with others of the tensor, axis by axis; any width, as NumPy's pad: beyond the axis the pattern goes on.</summary>
    /// <param name="low">Elements before the first of each axis, ≥ 0.</param>
    /// <param name="high">Elements after the last of each axis, ≥ 0.</param>
    /// <param name="mode">Which elements; <see cref="PadMode.Constant"/> puts zeros.</param>
    /// <exception cref="ShapeException">There is not one number ≥ 0 for each axis, or an axis to pad has too few elements: none, or one where it is mirrored at it.</exception>
    public Tensor Pad(ReadOnlySpan<int> low, ReadOnlySpan<int> high, PadMode mode)
    {
        if (low.Length != Rank || high.Length != Rank || low.ContainsAnyInRange(int.MinValue, -1) || high.ContainsAnyInRange(int.MinValue, -1))
        {
            throw new ShapeException($"Pad: [{string.Join(", ", low.ToArray())}] before and [{string.Join(", ", high.ToArray())}] after do not fit {Shape}. Give one number ≥ 0 for each of its {Rank} axes.");
        }

        if (mode == PadMode.Constant)
        {
            return Pad(low, high);
        }

        Tensor x = this;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (low[axis] + high[axis] > 0)
            {
                x = x.PadAxis(axis, low[axis], high[axis], mode);
            }
        }

        return x;
    }

    Tensor PadAxis(int axis, int low, int high, PadMode mode)
    {
        int extent = Shape[axis];
        if (extent < (mode == PadMode.Reflect ? 2 : 1))
        {
            throw new ShapeException($"Pad: axis {axis} of {Shape} has {extent} elements, too few for {mode}. Pad with {(extent == 0 ? PadMode.Constant : PadMode.Replicate)}, or give a longer axis.");
        }

        return mode switch
        {
            PadMode.Replicate => Join(axis, Repeat(axis, 0, low), this, Repeat(axis, extent - 1, high)),
            PadMode.Circular => PadCircular(axis, low, high),
            _ => PadMirrored(axis, low, high, mode == PadMode.Reflect ? 1 : 0),
        };
    }

    Tensor? Repeat(int axis, int index, int count)
    {
        int[] extents = [.. Shape];
        extents[axis] = count;
        return count == 0 ? null : Move(Slice(axis, index, 1), x => Op.Expand(x, extents));
    }

    Tensor PadCircular(int axis, int low, int high)
    {
        int extent = Shape[axis];
        List<Tensor?> parts = [Part(axis, extent - (low % extent), low % extent)];
        for (int i = 0; i < (low / extent) + 1 + (high / extent); i++)
        {
            parts.Add(this);
        }

        parts.Add(Part(axis, 0, high % extent));
        return Join(axis, [.. parts]);
    }

    // The pattern goes on beyond an end that lies whole periods away, so wide paddings are made in several rounds.
    Tensor PadMirrored(int axis, int low, int high, int omitted)
    {
        Tensor x = this;
        int period = Shape[axis] - omitted;
        while (low + high > 0)
        {
            int extent = x.Shape[axis];
            int room = extent - omitted;
            int before = low <= room ? low : room - (room % period);
            int after = high <= room ? high : room - (room % period);
            x = Join(axis, x.Part(axis, omitted, before)?.Flip(axis), x, x.Part(axis, extent - omitted - after, after)?.Flip(axis));
            low -= before;
            high -= after;
        }

        return x;
    }

    Tensor? Part(int axis, int start, int count) => count == 0 ? null : Slice(axis, start, count);

    static Tensor Join(int axis, params Tensor?[] parts) => parts.OfType<Tensor>().ToArray() is [var only] ? only : Concat(parts.OfType<Tensor>().ToArray(), axis);
}
