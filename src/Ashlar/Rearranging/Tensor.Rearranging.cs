namespace Ashlar;

/// <content>Axes by name, in the pattern language of einops (Rogozhnikov 2022, "Einops: Clear and Reliable Tensor Manipulations").</content>
public sealed partial class Tensor
{
    /// <summary>The same elements with axes reordered, split and merged: <c>x.Rearrange("b (h w) c -> b c h w", ("h", 8))</c>.</summary>
    /// <param name="pattern">Axes left and right of an arrow: names, "1", "..." for the others, parentheses for axes merged into one.</param>
    /// <param name="extents">Extents of axes that do not follow from the shape.</param>
    /// <exception cref="ArgumentException">The pattern is none, or an axis stands on one side only.</exception>
    /// <exception cref="ShapeException">The pattern does not fit the shape.</exception>
    public Tensor Rearrange(string pattern, params ReadOnlySpan<(string Name, int Extent)> extents)
    {
        var rearrangement = new Rearrangement("Rearrange", this, pattern, extents);
        string[] lonely = [.. rearrangement.Dropped, .. rearrangement.Added];
        return lonely.Length == 0
            ? rearrangement.Apply((x, _) => x)
            : throw new ArgumentException($"Rearrange: '{string.Join("', '", lonely)}' stands on one side of '{pattern}' only. Use Reduce to drop axes and Repeat to add them.");
    }

    /// <summary>As <see cref="Rearrange"/>, with the axes that stand only left of the arrow reduced: <c>x.Reduce("b h w c -> b c", PatternReduction.Mean)</c>.</summary>
    /// <param name="pattern">Axes left and right of an arrow.</param>
    /// <param name="reduction">What becomes of the axes left out.</param>
    /// <param name="extents">Extents of axes that do not follow from the shape.</param>
    /// <exception cref="ArgumentException">The pattern is none, or an axis stands on the right only.</exception>
    /// <exception cref="ShapeException">The pattern does not fit the shape.</exception>
    public Tensor Reduce(string pattern, PatternReduction reduction, params ReadOnlySpan<(string Name, int Extent)> extents)
    {
        var rearrangement = new Rearrangement("Reduce", this, pattern, extents);
        if (rearrangement.Added is { Length: > 0 } added)
        {
            throw new ArgumentException($"Reduce: '{string.Join("', '", added)}' stands right of the arrow of '{pattern}' only. Use Repeat to add axes.");
        }

        return rearrangement.Apply((x, axes) => reduction switch
        {
            PatternReduction.Sum => x.Sum(axes),
            PatternReduction.Mean => x.Mean(axes),
            PatternReduction.Prod => x.Prod(axes),
            PatternReduction.Max => x.Max(axes),
            PatternReduction.Min => x.Min(axes),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "Reduce: there is no such reduction. Use a member of PatternReduction."),
        });
    }

    /// <summary>As <see cref="Rearrange"/>, with the axes that stand only right of the arrow added by repetition: <c>x.Repeat("h w -> h w c", ("c", 3))</c>.</summary>
    /// <param name="pattern">Axes left and right of an arrow; a number on the right is a new axis of that extent.</param>
    /// <param name="extents">Extents of axes that do not follow from the shape.</param>
    /// <exception cref="ArgumentException">The pattern is none, an axis stands on the left only, or the extent of a new one is not known.</exception>
    /// <exception cref="ShapeException">The pattern does not fit the shape.</exception>
    public Tensor Repeat(string pattern, params ReadOnlySpan<(string Name, int Extent)> extents)
    {
        var rearrangement = new Rearrangement("Repeat", this, pattern, extents);
        return rearrangement.Dropped is { Length: > 0 } dropped
            ? throw new ArgumentException($"Repeat: '{string.Join("', '", dropped)}' stands left of the arrow of '{pattern}' only. Use Reduce to drop axes.")
            : rearrangement.Apply((x, _) => x);
    }
}
