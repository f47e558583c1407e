using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>Where a slice begins on each axis, how many elements it takes and how far apart; a negative step walks backwards.</summary>
/// <param name="starts">First coordinate on each axis.</param>
/// <param name="extents">Number of elements taken.</param>
/// <param name="steps">Distance between them; not 0.</param>
public sealed class SliceAttributes(int[] starts, int[] extents, int[] steps) : Attributes
{
    /// <summary>First coordinate on each axis.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>Number of elements taken on each axis.</summary>
    public ReadOnlySpan<int> Extents => extents;

    /// <summary>Distance between the elements taken; not 0.</summary>
    public ReadOnlySpan<int> Steps => steps;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(starts);
        key.Write(extents);
        key.Write(steps);
    }

    /// <inheritdoc/>
    public override string ToString() => $"starts=[{string.Join(", ", starts)}] extents=[{string.Join(", ", extents)}] steps=[{string.Join(", ", steps)}]";
}
