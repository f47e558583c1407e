using System.Globalization;
using System.Text.RegularExpressions;

namespace Ashlar.Onnx;

/// <summary>A shape in terms of symbolic axes, told from what it is with two sets of extents.</summary>
static partial class SymbolicShape
{
    /// <param name="one">Type and shape, such as float32[5, 3], with the first extents.</param>
    /// <param name="two">The same with the second.</param>
    /// <param name="symbols">Names of the axes.</param>
    /// <param name="extents">Their extents in the two recordings.</param>
    /// <returns>For example float32[batch, 3·batch, rows/4, past + time, 8]; an extent that follows no axis by a factor, a part or a difference, and no two by their sum or product, is "?".</returns>
    public static string Of(string one, string two, IReadOnlyList<string> symbols, IReadOnlyList<(int First, int Second)> extents)
    {
        Match[] a = [.. Numbers().Matches(one).Cast<Match>()];
        Match[] b = [.. Numbers().Matches(two).Cast<Match>()];
        int brackets = one.IndexOf('[', StringComparison.Ordinal);
        if (one == two || brackets < 0 || a.Length != b.Length)
        {
            return one == two ? one : brackets < 0 ? one : one[..brackets];
        }

        string[] axes = [.. a.Zip(b).Where(pair => pair.First.Index > brackets).Select(pair => Axis(Number(pair.First), Number(pair.Second), symbols, extents))];
        return $"{one[..brackets]}[{string.Join(", ", axes)}]";
    }

    static string Axis(int one, int two, IReadOnlyList<string> symbols, IReadOnlyList<(int First, int Second)> extents)
    {
        if (one == two)
        {
            return one.ToString(CultureInfo.InvariantCulture);
        }

        for (int i = 0; i < symbols.Count; i++)
        {
            (int first, int second) = extents[i];
            if (one % first == 0 && two % second == 0 && one / first == two / second)
            {
                return one == first ? symbols[i] : string.Create(CultureInfo.InvariantCulture, $"{one / first}·{symbols[i]}");
            }

            if (one > 0 && two > 0 && first % one == 0 && second % two == 0 && first / one == second / two)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{symbols[i]}/{first / one}");
            }
        }

        if (OfTwo(one, two, symbols, extents) is { } both)
        {
            return both;
        }

        for (int i = 0; i < symbols.Count; i++)
        {
            (int first, int second) = extents[i];
            if (one - first == two - second)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{symbols[i]} {(one > first ? '+' : '-')} {Math.Abs(one - first)}");
            }
        }

        return "?";
    }

    /// <summary>Whether an axis is told with a symbol.</summary>
    /// <param name="axis">Such as 2·time.</param>
    /// <param name="symbol">Such as time.</param>
    public static bool Holds(string axis, string symbol) => axis.Split(Signs, StringSplitOptions.TrimEntries).Contains(symbol) || axis == symbol;

    static readonly string[] Signs = ["·", "/", " + ", " - "];

    static string? OfTwo(int one, int two, IReadOnlyList<string> symbols, IReadOnlyList<(int First, int Second)> extents)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            for (int j = i; j < symbols.Count; j++)
            {
                if (one == extents[i].First + extents[j].First && two == extents[i].Second + extents[j].Second)
                {
                    return $"{symbols[i]} + {symbols[j]}";
                }

                (long first, long second) = ((long)extents[i].First * extents[j].First, (long)extents[i].Second * extents[j].Second);
                if (one % first == 0 && two % second == 0 && one / first == two / second)
                {
                    return one == first ? $"{symbols[i]}·{symbols[j]}" : string.Create(CultureInfo.InvariantCulture, $"{one / first}·{symbols[i]}·{symbols[j]}");
                }
            }
        }

        return null;
    }

    static int Number(Match match) => int.Parse(match.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
