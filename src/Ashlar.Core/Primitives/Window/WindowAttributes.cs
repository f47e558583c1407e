using Ashlar.Ir;

namespace Ashlar.Primitives.Window;

/// <summary>The geometry of a pooling window over the trailing axes, one number for each.</summary>
/// <param name="kind">How the elements of a window are combined.</param>
/// <param name="window">Extents of the window, ≥ 1.</param>
/// <param name="strides">Distance between neighbouring windows, ≥ 1.</param>
/// <param name="low">Elements of padding before the first, ≥ 0.</param>
/// <param name="high">Elements of padding after the last, ≥ 0.</param>
public sealed class WindowAttributes(ReduceKind kind, int[] window, int[] strides, int[] low, int[] high) : Attributes
{
    /// <summary>How the elements of a window are combined.</summary>
    public ReduceKind Kind { get; } = kind;

    /// <summary>Extents of the window.</summary>
    public ReadOnlySpan<int> Window => window;

    /// <summary>Distance between neighbouring windows.</summary>
    public ReadOnlySpan<int> Strides => strides;

    /// <summary>Padding before the first element: +0 for a sum; left out of a maximum or minimum.</summary>
    public ReadOnlySpan<int> Low => low;

    /// <summary>Padding after the last element.</summary>
    public ReadOnlySpan<int> High => high;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write((int)Kind);
        key.Write(window);
        key.Write(strides);
        key.Write(low);
        key.Write(high);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} window=[{string.Join(", ", window)}] strides=[{string.Join(", ", strides)}] low=[{string.Join(", ", low)}] high=[{string.Join(", ", high)}]";
}
