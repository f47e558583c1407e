using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Library;

/// <summary>Fixed elements of every dtype as bytes.</summary>
static class Elements
{
    /// <summary>The dtypes that kernels other than maps and movements know.</summary>
    public static readonly DType[] Carried = [DType.Bool, DType.UInt8, DType.Int32, DType.Int64, DType.Float32, DType.Float64];

    static readonly double[] Special = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, 1e-310, -1e-42, 3e38, -3e38, 1, -1];

    /// <summary>Numbers with many bits, so that another order of additions shows.</summary>
    public static byte[] Numbers(DType type, Shape shape, uint seed = 1)
    {
        var array = new HostArray(type, shape);
        for (int i = 0; i < shape.Size; i++)
        {
            uint word = Word(seed, i);
            array[i] = type.IsFloating
                ? ScalarBits.FromDouble(type, (((double)word / (1u << 31)) - 1) * ((i % 5) + 0.37))
                : type == DType.Bool ? word >> 31 : (long)word * 0x10001;
        }

        return array.Bytes;
    }

    /// <summary>Few different values, so that there are ties; among them NaN, infinities and both zeros.</summary>
    public static byte[] Ties(DType type, Shape shape, uint seed = 1)
    {
        var array = new HostArray(type, shape);
        for (int i = 0; i < shape.Size; i++)
        {
            uint word = Word(seed, i);
            array[i] = type.IsFloating
                ? ScalarBits.FromDouble(type, word % 3 == 0 ? Special[(word >> 8) % (uint)Special.Length] : (word >> 8) % 3 == 0 ? -0.0 : 0.0)
                : type == DType.Bool ? word >> 31 : type == DType.UInt8 ? word >> 30 : (word >> 29) - 4L;
        }

        return array.Bytes;
    }

    /// <summary>Places in [0, extent), with repeats.</summary>
    public static byte[] Places(DType type, Shape shape, int extent, uint seed = 1)
    {
        var array = new HostArray(type, shape);
        for (int i = 0; i < shape.Size; i++)
        {
            array[i] = Word(seed, i) % extent;
        }

        return array.Bytes;
    }

    static uint Word(uint seed, int i)
    {
        uint word = ((uint)i * 2654435769) + (seed * 0x9E3779B9);
        word = (word ^ (word >> 16)) * 0x7FEB352D;
        word = (word ^ (word >> 15)) * 0x846CA68B;
        return word ^ (word >> 16);
    }
}
