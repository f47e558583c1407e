namespace Ashlar.Onnx.Writing;

/// <summary>An extent that follows symbolic axes: factor · axis · times + plus + offset.</summary>
/// <param name="Factor">At least 1.</param>
/// <param name="Axis">What is followed.</param>
/// <param name="Times">Another axis that multiplies it, or null.</param>
/// <param name="Plus">Another axis that is added, or null.</param>
/// <param name="Offset">A number that is added.</param>
readonly record struct AxisFormula(int Factor, SymbolicAxis Axis, SymbolicAxis? Times, SymbolicAxis? Plus, int Offset)
{
    /// <summary>The extent in a recording.</summary>
    public long In(int recording) => ((long)Factor * Axis.Extents[recording] * (Times?.Extents[recording] ?? 1)) + (Plus?.Extents[recording] ?? 0) + Offset;

    /// <summary>The formula that gives two extents in the first two recordings; null where there is none. Simple ones come first.</summary>
    public static AxisFormula? Of(IReadOnlyList<SymbolicAxis> axes, int one, int two)
    {
        foreach (SymbolicAxis axis in axes)
        {
            if (one > 0 && one % axis.Extents[0] == 0 && new AxisFormula(one / axis.Extents[0], axis, null, null, 0) is var multiple && multiple.In(1) == two)
            {
                return multiple;
            }
        }

        foreach (SymbolicAxis axis in axes)
        {
            if (new AxisFormula(1, axis, null, null, one - axis.Extents[0]) is var shifted && shifted.In(1) == two)
            {
                return shifted;
            }
        }

        foreach (SymbolicAxis axis in axes)
        {
            foreach (SymbolicAxis other in axes)
            {
                long product = (long)axis.Extents[0] * other.Extents[0];
                if (one > 0 && one % product == 0 && new AxisFormula((int)(one / product), axis, other, null, 0) is var area && area.In(1) == two)
                {
                    return area;
                }

                if (!ReferenceEquals(axis, other) && new AxisFormula(1, axis, null, other, one - axis.Extents[0] - other.Extents[0]) is var sum && sum.In(1) == two)
                {
                    return sum;
                }
            }
        }

        return null;
    }
}
