using System.Numerics;

namespace Ashlar.Scalars;

/// <summary>Angles beyond <see cref="SingleLimit"/> or <see cref="DoubleLimit"/> as x = (4k + turns) π/2 + (high + low), |high + low| ≤ π/4. A smaller angle, or NaN, is its own high part.</summary>
/// <remarks>Payne and Hanek 1983, "Radian reduction for trigonometric functions", in integers: of 2/π only the 256 bits are used from which the product
/// with the mantissa keeps two integer bits and more than 190 of the fraction, of which at most 62 are zeros. High and low are the leading bits of the remainder, cut, not rounded.</remarks>
static class HugeAngle
{
    /// <summary>The largest float32 that stays whole.</summary>
    public const float SingleLimit = 1 << 20;

    /// <summary>The largest float64 that stays whole.</summary>
    public const double DoubleLimit = 1L << 40;

    // A word of zeros, then the bits of 2/π from the first after the binary point.
    static readonly ulong[] TwoOverPi =
    [
        0, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C,
        0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08,
        0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    // π/2 with one bit before the binary point.
    const ulong HalfPiHigh = 0xC90FDAA22168C234;
    const ulong HalfPiLow = 0xC4C6628B80DC1CD1;

    /// <summary>Quarter turns 0, 1, 2 or 3.</summary>
    public static float Turns(float x) => MathF.Abs(x) > SingleLimit ? Reduce(x, 24).Turns : 0;

    /// <summary>Quarter turns 0, 1, 2 or 3.</summary>
    public static double Turns(double x) => Math.Abs(x) > DoubleLimit ? Reduce(x, 53).Turns : 0;

    /// <summary>The leading bits of the remainder; NaN for ±∞.</summary>
    public static float High(float x) => MathF.Abs(x) > SingleLimit ? (float)Reduce(x, 24).High : x;

    /// <summary>The leading bits of the remainder; NaN for ±∞.</summary>
    public static double High(double x) => Math.Abs(x) > DoubleLimit ? Reduce(x, 53).High : x;

    /// <summary>As many bits again.</summary>
    public static float Low(float x) => MathF.Abs(x) > SingleLimit ? (float)Reduce(x, 24).Low : 0;

    /// <summary>As many bits again.</summary>
    public static double Low(double x) => Math.Abs(x) > DoubleLimit ? Reduce(x, 53).Low : 0;

    static (int Turns, double High, double Low) Reduce(double x, int bits)
    {
        if (double.IsInfinity(x))
        {
            return (0, double.NaN, 0);
        }

        long word = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((word >> 52) & 0x7FF) - 1075;
        ulong mantissa = ((ulong)word & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;

        // The window's first bit has the weight 2 after the multiplication by 2^exponent.
        int position = exponent + 62;
        UInt128 product = (UInt128)mantissa * Window(position + 192);
        product = ((UInt128)mantissa * Window(position + 128)) + (product >> 64);
        ulong third = (ulong)product;
        product = ((UInt128)mantissa * Window(position + 64)) + (product >> 64);
        ulong second = (ulong)product;
        ulong first = (mantissa * Window(position)) + (ulong)(product >> 64);

        int turns = (int)(first >> 62);
        bool negative = word < 0;
        ulong f0 = (first << 2) | (second >> 62);
        ulong f1 = (second << 2) | (third >> 62);
        ulong f2 = third << 2;
        if ((long)f0 < 0)
        {
            (f0, f1, f2, turns, negative) = (~f0, ~f1, ~f2, turns + 1, !negative);
        }

        int zeros = BitOperations.LeadingZeroCount(f0);
        UInt128 fraction = (new UInt128(f0, f1) << zeros) | (f2 >> (64 - zeros));
        UInt128 angle = TimesHalfPi(fraction);
        int lead = (int)UInt128.LeadingZeroCount(angle);
        angle <<= lead;
        double sign = negative ? -1 : 1;
        double high = Math.ScaleB((double)(ulong)(angle >> (128 - bits)), 1 - bits - zeros - lead);
        double low = Math.ScaleB((double)(ulong)((angle << bits) >> (128 - bits)), 1 - (2 * bits) - zeros - lead);
        return ((word < 0 ? -turns : turns) & 3, sign * high, sign * low);
    }

    static ulong Window(int position)
    {
        int shift = position & 63;
        ulong word = TwoOverPi[position >> 6];
        return shift == 0 ? word : (word << shift) | (TwoOverPi[(position >> 6) + 1] >> (64 - shift));
    }

    // The leading 128 bits of the product; three carries may be missing in the last.
    static UInt128 TimesHalfPi(UInt128 a)
    {
        ulong high = (ulong)(a >> 64);
        return ((UInt128)high * HalfPiHigh) + (((UInt128)high * HalfPiLow) >> 64) + (((UInt128)(ulong)a * HalfPiHigh) >> 64);
    }
}
