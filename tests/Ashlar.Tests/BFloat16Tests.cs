using System.Globalization;

namespace Ashlar.Tests;

public sealed class BFloat16Tests
{
    [Fact]
    public void Every_value_survives_float_double_and_text()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BFloat16.FromBits((ushort)bits);
            ushort expected = BFloat16.IsNaN(value) ? BFloat16.NaN.ToBits() : (ushort)bits;
            Assert.Equal(expected, ((BFloat16)(float)value).ToBits());
            Assert.Equal(expected, ((BFloat16)(double)value).ToBits());
            Assert.Equal(expected, BFloat16.Parse(value.ToString()).ToBits());
        }
    }

    [Theory]
    [InlineData(1.00390625, 0x3F80)]
    [InlineData(1.01171875, 0x3F82)]
    [InlineData(1.0039062500000002, 0x3F81)]
    [InlineData(-1.0039062500000002, 0xBF81)]
    [InlineData(3.3961775292304597e38, 0x7F7F)]
    [InlineData(3.3961775292304601e38, 0x7F80)]
    [InlineData(4.5917748078995606e-41, 0)]
    [InlineData(4.591774807899562e-41, 1)]
    public void A_double_is_rounded_once_to_nearest_with_ties_to_even(double value, int bits) => Assert.Equal(bits, ((BFloat16)value).ToBits());

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(257f, "256")]
    [InlineData(-1.0078125f, "-1.01")]
    [InlineData(3.3895314e38f, "3.39E+38")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Text_has_no_digit_more_than_it_needs(float value, string text) => Assert.Equal(text, ((BFloat16)value).ToString());

    [Fact]
    public void Values_compare_as_numbers()
    {
        var one = (BFloat16)1f;
        var two = (BFloat16)2f;
        Assert.True(one < two && two > one && one <= two && two >= one && one != two && one == (BFloat16)1.0);
        Assert.True((BFloat16)0f == (BFloat16)(-0f));
        Assert.False(BFloat16.NaN == BFloat16.NaN);
        Assert.True(BFloat16.NaN.Equals(BFloat16.NaN));
        Assert.Equal(-1, one.CompareTo(two));
        Assert.True(BFloat16.IsFinite(one) && !BFloat16.IsFinite(BFloat16.NegativeInfinity));
    }

    [Fact]
    public void Text_ignores_the_culture_of_the_machine()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("1.5", ((BFloat16)1.5f).ToString());
            Assert.Equal("1.50", $"{((BFloat16)1.5f).ToString("F2", null)}");
            Assert.Equal((BFloat16)1.5f, BFloat16.Parse("1.5"));
            Assert.False(BFloat16.TryParse("one", null, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
