using System.Globalization;

namespace Ashlar.Nn;

/// <summary>One whole number for each of two spatial axes; a single number stands for both.</summary>
/// <param name="Rows">For the axis before the last.</param>
/// <param name="Columns">For the last axis.</param>
public readonly record struct Pair(int Rows, int Columns)
{
    /// <summary>The same number for both axes.</summary>
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Pair((int Rows, int Columns) pair) => new(pair.Rows, pair.Columns);

    /// <summary>As in code: 3 or (3, 5).</summary>
    public override string ToString() => Rows == Columns ? Rows.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"({Rows}, {Columns})");

    internal int[] ToArray() => [Rows, Columns];
}
