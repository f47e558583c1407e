using Ashlar.Primitives;

namespace Ashlar.Onnx.Values;

/// <summary>Floats of 8 and 4 bits: what their codes mean, and rounding of float32 to them.</summary>
/// <param name="fraction">Bits of the fraction.</param>
/// <param name="bias">What the exponent in the code is above the exponent meant.</param>
/// <param name="max">The largest finite number.</param>
/// <param name="hasInfinity">Whether there are infinities.</param>
/// <param name="hasNaN">Whether there is a NaN.</param>
/// <param name="hasNegativeZero">Whether -0 is told from +0.</param>
sealed class NarrowFloat(int fraction, int bias, float max, bool hasInfinity, bool hasNaN, bool hasNegativeZero)
{
    public static NarrowFloat Of(OnnxDType type) => type switch
    {
        OnnxDType.Float8E4M3FN => new(3, 7, 448, false, true, true),
        OnnxDType.Float8E4M3FNUZ => new(3, 8, 240, false, true, false),
        OnnxDType.Float8E5M2 => new(2, 15, 57344, true, true, true),
        OnnxDType.Float8E5M2FNUZ => new(2, 16, 57344, false, true, false),
        OnnxDType.Float4E2M1 => new(1, 1, 6, false, false, true),
        _ => throw new OnnxException($"ONNX: {type} is no float of 8 or 4 bits with a fraction."),
    };

    /// <summary>What a code means.</summary>
    public static float Decode(OnnxDType type, int code)
    {
        if (type == OnnxDType.Float8E8M0)
        {
            return code == 255 ? float.NaN : MathF.ScaleB(1, code - 127);
        }

        return Of(type).Decode(code, type == OnnxDType.Float4E2M1 ? 4 : 8);
    }

    /// <summary>The code of a number that the type has.</summary>
    public static int Encode(OnnxDType type, float value)
    {
        for (int code = 0; code < (type == OnnxDType.Float4E2M1 ? 16 : 256); code++)
        {
            if (BitConverter.SingleToInt32Bits(Decode(type, code)) == BitConverter.SingleToInt32Bits(value) || (float.IsNaN(value) && float.IsNaN(Decode(type, code))))
            {
                return code;
            }
        }

        throw new OnnxException($"ONNX: {value} is no number of {type}. Round it first.");
    }

    /// <summary>float32 to the nearest number of the type, ties to even.</summary>
    /// <param name="x">float32.</param>
    /// <param name="saturate">Whether what lies beyond the largest number becomes it; else infinity or NaN.</param>
    public Tensor Round(Tensor x, bool saturate)
    {
        // The distance of neighbours at x is a power of two, so that division by it is exact.
        Tensor exponent = Tensor.Maximum(((Bits(x.Abs()) >> 23) & 255) - 127, 1 - bias) - fraction;
        Tensor quantum = Floats((exponent + 127) << 23);
        Tensor rounded = (x / quantum).Round() * quantum;
        Tensor beyond = rounded.Abs() > max;
        Tensor sign = Tensor.CopySign(Tensor.OnesLike(x), x);
        double overflow = saturate || !hasNaN ? max : hasInfinity ? double.PositiveInfinity : double.NaN;
        Tensor y = Tensor.Where(beyond, sign * overflow, rounded);
        y = Tensor.Where(x.IsNaN(), Tensor.FullLike(x, hasNaN ? double.NaN : -0.0), y);
        return hasNegativeZero ? y : Tensor.Where(y.EqualTo(0.0), Tensor.ZerosLike(y), y);
    }

    /// <summary>float32 to a power of two, sign dropped.</summary>
    public static Tensor RoundToPower(Tensor x, bool saturate, string mode)
    {
        Tensor bits = Bits(x.Abs());
        Tensor exponent = bits >> 23;
        Tensor rest = bits & 0x7fffff;
        // A number below the least normal one is 2⁻¹²⁷ or, above it, 2⁻¹²⁶.
        Tensor up = mode switch
        {
            "up" => (rest > 0) & ((exponent > 0) | (rest > 0x400000)),
            "down" => Tensor.ZerosLike(rest, DType.Bool),
            _ => rest >= Tensor.Where(exponent.EqualTo(0), Tensor.FullLike(rest, 0x600000), Tensor.FullLike(rest, 0x400000)),
        };
        Tensor code = exponent + up.To(DType.Int32);
        Tensor top = saturate ? Tensor.FullLike(x, 1) * MathF.ScaleB(1, 127) : Tensor.FullLike(x, double.NaN);
        Tensor power = Tensor.Where(code.EqualTo(0), Tensor.FullLike(x, MathF.ScaleB(1, -127)), Floats(Tensor.Minimum(code, 254) << 23));
        return Tensor.Where(x.IsNaN(), Tensor.FullLike(x, double.NaN), Tensor.Where(code > 254, top, power));
    }

    static Tensor Bits(Tensor x) => new(Op.Bitcast(x.Node, DType.Int32));

    static Tensor Floats(Tensor bits) => new(Op.Bitcast(bits.Node, DType.Float32));

    float Decode(int code, int width)
    {
        int sign = code >> (width - 1);
        int magnitude = code & ((1 << (width - 1)) - 1);
        int exponent = magnitude >> fraction;
        int rest = magnitude & ((1 << fraction) - 1);
        int top = (1 << (width - 1 - fraction)) - 1;
        if (hasNaN && (hasNegativeZero ? (hasInfinity ? exponent == top && rest != 0 : magnitude == (1 << (width - 1)) - 1) : code == 1 << (width - 1)))
        {
            return float.NaN;
        }

        float value = hasInfinity && exponent == top ? float.PositiveInfinity
            : exponent == 0 ? MathF.ScaleB(rest, 1 - bias - fraction)
            : MathF.ScaleB((1 << fraction) + rest, exponent - bias - fraction);
        return sign == 1 ? -value : value;
    }
}
