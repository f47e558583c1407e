using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

/// <summary>Every half, and every float32 and float64 next to where rounding turns.</summary>
public sealed class HalfRoundingTests
{
    static readonly long[] AllBits = [.. Enumerable.Range(0, 65536).Select(i => (long)i)];

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Every_half_has_its_value_and_comes_back(DType type)
    {
        foreach (bool interpreted in (bool[])[false, true])
        {
            foreach (DType wide in (DType[])[DType.Float32, DType.Float64])
            {
                var builder = new ScalarBuilder();
                Scalar value = builder.Input(type).Convert(wide);
                MapTrial.Check(builder.Build(value, value.Convert(type)), interpreted, AllBits.Length, values: _ => AllBits);
            }
        }

        foreach (long bits in AllBits)
        {
            double expected = type == DType.Float16 ? (double)BitConverter.UInt16BitsToHalf((ushort)bits) : BitConverter.Int32BitsToSingle((int)bits << 16);
            Assert.Equal(expected, ScalarBits.ToDouble(type, bits));
            Assert.Equal(double.IsNaN(expected) ? HalfBits.NaN(type) : bits, ScalarBits.FromDouble(type, expected));
        }
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Numbers_beside_and_between_two_halves_go_to_the_nearer_or_even_one(DType type)
    {
        var numbers = new List<double>();
        int last = (int)ScalarBits.FromDouble(type, FloatInfo.Of(type).Max);
        for (int bits = 0; bits <= last; bits++)
        {
            double low = ScalarBits.ToDouble(type, bits);
            double high = bits < last ? ScalarBits.ToDouble(type, bits + 1) : low + (low - ScalarBits.ToDouble(type, bits - 1));
            double middle = (low + high) / 2;
            int even = bits + (bits & 1);
            Assert.Equal((bits, even, bits + 1),
                ((int)ScalarBits.FromDouble(type, Math.BitDecrement(middle)), (int)ScalarBits.FromDouble(type, middle), (int)ScalarBits.FromDouble(type, Math.BitIncrement(middle))));
            Assert.Equal(even | 0x8000, (int)ScalarBits.FromDouble(type, -middle));
            numbers.AddRange([middle, -middle, Math.BitDecrement(middle), Math.BitIncrement(middle), MathF.BitDecrement((float)middle), -MathF.BitIncrement((float)middle)]);
        }

        RequireKernels(type, DType.Float64, [.. numbers.Select(BitConverter.DoubleToInt64Bits)]);
        RequireKernels(type, DType.Float32, [.. numbers.Select(x => (long)BitConverter.SingleToUInt32Bits((float)x))]);
    }

    // 9,973 is prime, so all exponents and many fractions are met.
    [Fact]
    public void Floats_all_over_the_range_are_rounded_as_the_runtime_does()
    {
        long[] bits = [.. Enumerable.Range(0, (int)((1L << 32) / 9973)).Select(i => (long)i * 9973)];
        foreach (long b in bits)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)b);
            ushort expected = float.IsNaN(x) ? HalfBits.NaN(DType.Float16) : BitConverter.HalfToUInt16Bits((Half)x);
            Assert.Equal(expected, HalfBits.Round(DType.Float16, x));
        }

        RequireKernels(DType.Float16, DType.Float32, bits);
        RequireKernels(DType.BFloat16, DType.Float32, bits);
    }

    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.UInt32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt64)]
    public void Integers_beside_and_between_two_halves_are_rounded_once(DType from)
    {
        foreach (DType type in (DType[])[DType.Float16, DType.BFloat16])
        {
            var numbers = new List<long>();
            for (int shift = 0; shift < 8 * from.ItemSize - 12; shift++)
            {
                for (long middle = 0x81; middle < 0x1000; middle += 0x1F)
                {
                    numbers.AddRange([(middle << shift) - 1, middle << shift, (middle << shift) + 1, -(middle << shift), 1 - (middle << shift)]);
                }
            }

            RequireKernels(type, from, [.. numbers.Select(x => from.ItemSize == 4 ? (uint)x : x)]);
        }
    }

    static void RequireKernels(DType to, DType from, long[] bits)
    {
        var builder = new ScalarBuilder();
        ScalarProgram program = builder.Build(builder.Input(from).Convert(to));
        MapTrial.Check(program, interpreted: false, bits.Length, values: _ => bits);
        MapTrial.Check(program, interpreted: true, bits.Length, values: _ => bits);
    }
}
