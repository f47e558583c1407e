using System.Globalization;

namespace Ashlar.Nn;

/// <summary>One whole number for each of three spatial axes; a single number stands for all.</summary>
/// <param name="Depth">For the third axis from the end.</param>
/// <param name="Rows">For the axis before the last.</param>
/// <param name="Columns">For the last axis.</param>
public readonly record struct Triple(int Depth, int Rows, int Columns)
{
    /// <summary>The same number for all axes.</summary>
    public static implicit operator Triple(int all) => new(all, all, all);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Triple((int Depth, int Rows, int Columns) triple) => new(triple.Depth, triple.Rows, triple.Columns);

    /// <summary>As in code: 3 or (3, 5, 5).</summary>
    public override string ToString() => Depth == Rows && Rows == Columns
        ? Rows.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"({Depth}, {Rows}, {Columns})");

    internal int[] ToArray() => [Depth, Rows, Columns];
}
