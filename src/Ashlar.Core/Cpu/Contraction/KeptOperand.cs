namespace Ashlar.Cpu.Contraction;

/// <summary>The operand of a product that may be laid out once for many runs: one of many columns whose k are neighbours, as weights are by output. Packing or transposing them is then done once, not in every run.</summary>
/// <param name="Layout">How.</param>
/// <param name="IsA">Whether it is A, of a product whose B is a vector; otherwise it is B.</param>
sealed record KeptOperand(KeptLayout Layout, bool IsA)
{
    // Fewer elements are packed in no time.
    const long LeastElements = 1 << 14;

    // Larger ones would take much of what all copies may.
    const long MostElements = 1 << 24;

    // Shorter sums are not worth a copy; with more rows packing is a small part of the work.
    const int LeastDepth = 64;
    const int MostRows = 512;

    /// <summary>Whether an operand of so many elements is worth a copy.</summary>
    public static bool IsWorthIt(long elements) => elements is >= LeastElements and <= MostElements;

    /// <summary>The operand, or null if the product has none.</summary>
    /// <param name="nest">The product.</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    public static KeptOperand? Of(ContractionNest nest, int registerBytes)
    {
        if (nest.Type != DType.Float32 || nest.Batch != 1 || nest.Padding is not null || nest.IsPart || nest.K < LeastDepth)
        {
            return null;
        }

        bool isA = nest.N == 1;
        ContractionNest turned = isA ? nest.Transposed() : nest;
        long elements = (long)turned.N * turned.K;
        return turned.M <= (isA ? 1 : MostRows) && turned.N >= 2 * (registerBytes / sizeof(float)) && IsWorthIt(elements)
            && turned.BatchB[0] + turned.ColumnB[0] + turned.DepthB[0] == 0 && PanelSource.ConstantStep(turned.DepthB) == 1
            && PanelSource.ConstantStep(turned.ColumnB) is > 0 and { } step && PanelSource.ConstantStep(turned.ColumnC) == 1
            ? new KeptOperand(new KeptLayout(turned.N, step, KeptTerms.Neighbours(turned.K), registerBytes), isA)
            : null;
    }
}
