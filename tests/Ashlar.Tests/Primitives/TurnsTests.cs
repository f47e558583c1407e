using System.Text.Json;
using Ashlar.Primitives.Fft;
using Ashlar.Tests.Fft;

namespace Ashlar.Tests.Primitives;

public sealed class TurnsTests
{
    [Fact]
    public void Cosines_and_sines_are_within_a_unit_in_the_last_place()
    {
        foreach (JsonElement row in FftVectors.Rows("turns"))
        {
            (double cos, double sin) = Turns.Of(row.GetProperty("index").GetInt64(), row.GetProperty("count").GetInt64());
            AssertClose(row.GetProperty("cos").GetDouble(), cos, row);
            AssertClose(row.GetProperty("sin").GetDouble(), sin, row);
        }
    }

    [Fact]
    public void Equal_fractions_of_a_turn_have_equal_bits()
    {
        (double, double)[] table = Turns.Table(48);
        for (int i = 0; i < table.Length; i++)
        {
            Assert.Equal(Turns.Of(i, 48), table[i]);
            Assert.Equal(Turns.Of(5L * i, 240), table[i]);
            Assert.Equal(Turns.Of(i + 96L, 48), table[i]);
        }
    }

    // mpmath's π has no exact quarter: where we give 0 it gives 10⁻⁶⁰.
    static void AssertClose(double expected, double found, JsonElement row) =>
        Assert.True(Math.Abs(expected - found) <= Math.Max(1e-59, Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)), $"{row}: found {found:R}");
}
