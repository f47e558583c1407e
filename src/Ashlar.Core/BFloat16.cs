using System.Globalization;

namespace Ashlar;

/// <summary>A bfloat16: the sign, the 8 exponent bits and the upper 7 fraction bits of a float32. It only holds a value; compute in float.</summary>
/// <remarks>Conversions to it round once, to nearest with ties to even; every NaN becomes the one quiet NaN. Text is invariant of the culture.</remarks>
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>, ISpanFormattable, ISpanParsable<BFloat16>
{
    readonly ushort _bits;

    BFloat16(ushort bits) => _bits = bits;

    /// <summary>The largest finite value, 3.3895314e38.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);

    /// <summary>The smallest finite value, -3.3895314e38.</summary>
    public static BFloat16 MinValue => new(0xFF7F);

    /// <summary>The smallest value above 0, 9.1835e-41.</summary>
    public static BFloat16 Epsilon => new(1);

    /// <summary>Not a number.</summary>
    public static BFloat16 NaN => new(0x7FC0);

    /// <summary>∞.</summary>
    public static BFloat16 PositiveInfinity => new(0x7F80);

    /// <summary>-∞.</summary>
    public static BFloat16 NegativeInfinity => new(0xFF80);

    /// <summary>The value with the given bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>Its bits.</summary>
    public ushort ToBits() => _bits;

    /// <summary>Whether the value is no number.</summary>
    public static bool IsNaN(BFloat16 value) => float.IsNaN(value);

    /// <summary>Whether the value is neither NaN nor infinite.</summary>
    public static bool IsFinite(BFloat16 value) => float.IsFinite(value);

    /// <summary>The same value.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.Int32BitsToSingle(value._bits << 16);

    /// <summary>The same value.</summary>
    public static implicit operator double(BFloat16 value) => (float)value;

    /// <summary>Rounded to nearest.</summary>
    public static explicit operator BFloat16(float value) => new(HalfBits.Round(DType.BFloat16, value));

    /// <summary>Rounded to nearest, once.</summary>
    public static explicit operator BFloat16(double value) => new(HalfBits.Round(DType.BFloat16, value));

    /// <summary>Equal; a NaN equals nothing.</summary>
    public static bool operator ==(BFloat16 a, BFloat16 b) => (float)a == b;

    /// <summary>Not equal.</summary>
    public static bool operator !=(BFloat16 a, BFloat16 b) => (float)a != b;

    /// <summary>Less.</summary>
    public static bool operator <(BFloat16 a, BFloat16 b) => (float)a < b;

    /// <summary>Greater.</summary>
    public static bool operator >(BFloat16 a, BFloat16 b) => (float)a > b;

    /// <summary>Less or equal.</summary>
    public static bool operator <=(BFloat16 a, BFloat16 b) => (float)a <= b;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(BFloat16 a, BFloat16 b) => (float)a >= b;

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => ((float)this).Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo(other);

    /// <summary>The shortest text that reads back as the same value, in the invariant culture.</summary>
    public override string ToString()
    {
        const int Enough = 4;
        for (int digits = 1; digits < Enough; digits++)
        {
            string text = ((float)this).ToString("G" + digits, CultureInfo.InvariantCulture);
            if (Parse(text).Equals(this))
            {
                return text;
            }
        }

        return ((float)this).ToString("G4", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => string.IsNullOrEmpty(format) && (formatProvider ?? CultureInfo.InvariantCulture) == CultureInfo.InvariantCulture
        ? ToString()
        : ((float)this).ToString(format, formatProvider ?? CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ((float)this).TryFormat(destination, out charsWritten, format, provider ?? CultureInfo.InvariantCulture);

    /// <summary>Reads a number, by default in the invariant culture, and rounds it to nearest.</summary>
    /// <exception cref="FormatException">The text is no number.</exception>
    public static BFloat16 Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => (BFloat16)double.Parse(s, provider ?? CultureInfo.InvariantCulture);

    /// <summary>Reads a number, by default in the invariant culture, and rounds it to nearest.</summary>
    /// <exception cref="FormatException">The text is no number.</exception>
    public static BFloat16 Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <summary>Reads a number if the text is one.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BFloat16 result)
    {
        bool read = double.TryParse(s, provider ?? CultureInfo.InvariantCulture, out double value);
        result = (BFloat16)value;
        return read;
    }

    /// <summary>Reads a number if the text is one.</summary>
    public static bool TryParse(string? s, IFormatProvider? provider, out BFloat16 result) => TryParse(s.AsSpan(), provider, out result);
}
