using System.Numerics;

namespace Ashlar;

/// <summary>The bits of float16 and bfloat16, by the obvious arithmetic: to nearest with ties to even, once, subnormals and overflow to ∞ included.</summary>
static class HalfBits
{
    /// <summary>The one NaN of a half dtype.</summary>
    public static ushort NaN(DType type) => type == DType.Float16 ? (ushort)0x7E00 : (ushort)0x7FC0;

    /// <summary>The value of the bits, exactly; a NaN is the one NaN.</summary>
    public static float ToSingle(DType type, ushort bits)
    {
        float value = type == DType.Float16 ? (float)BitConverter.UInt16BitsToHalf(bits) : BitConverter.Int32BitsToSingle(bits << 16);
        return float.IsNaN(value) ? BitConverter.Int32BitsToSingle(0x7FC00000) : value;
    }

    /// <summary>The nearest half of a number.</summary>
    public static ushort Round(DType type, double value)
    {
        if (double.IsNaN(value))
        {
            return NaN(type);
        }

        (int fraction, int least) = Format(type);
        long bits = BitConverter.DoubleToInt64Bits(value);
        ushort sign = (ushort)(bits >>> 63 << 15);
        if (double.IsInfinity(value))
        {
            return (ushort)(sign | Infinity(type));
        }

        // In units of the last place the number is rounded to an integer; its own carry moves the exponent on.
        int exponent = Math.Max((int)((bits >>> 52) & 0x7FF) - 1023, least);
        double scale = BitConverter.Int64BitsToDouble((long)(1023 + fraction - exponent) << 52);
        return (ushort)(sign | Join(type, exponent - least + 1, (ulong)Math.Round(Math.Abs(value) * scale)));
    }

    /// <summary>The nearest half of an integer.</summary>
    public static ushort Round(DType type, Int128 value)
    {
        (int fraction, int least) = Format(type);
        ushort sign = value < 0 ? (ushort)0x8000 : (ushort)0;
        var magnitude = (ulong)Int128.Abs(value);
        int exponent = BitOperations.Log2(magnitude | 1);
        int shift = exponent - fraction;
        if (shift <= 0)
        {
            return magnitude == 0 ? (ushort)0 : (ushort)(sign | Join(type, exponent - least + 1, magnitude << -shift));
        }

        ulong whole = magnitude >> shift;
        ulong rest = magnitude & ((1UL << shift) - 1);
        ulong middle = 1UL << (shift - 1);
        bool up = rest > middle || (rest == middle && (whole & 1) == 1);
        return (ushort)(sign | Join(type, exponent - least + 1, up ? whole + 1 : whole));
    }

    // Fraction bits, and the exponent of the smallest normal number.
    static (int Fraction, int Least) Format(DType type) => type == DType.Float16 ? (10, -14) : (7, -126);

    static int Infinity(DType type) => type == DType.Float16 ? 0x7C00 : 0x7F80;

    static int Join(DType type, int exponent, ulong significand)
    {
        int fraction = Format(type).Fraction;
        return (int)Math.Min((ulong)Infinity(type), ((ulong)exponent << fraction) + significand - (1UL << fraction));
    }
}
