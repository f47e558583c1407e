using System.Runtime.InteropServices;
using Ashlar.Cpu.Map;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

/// <summary>Runs a kernel on guarded operands and compares every byte with <see cref="ScalarInterpreter"/>; any NaN equals any NaN.</summary>
static unsafe class MapTrial
{
    const int Guard = 64;
    const byte GuardByte = 0xA5;

    /// <summary>Values that break careless definitions, then random bits.</summary>
    public static long[] Samples(DType type, int count, ulong seed)
    {
        long[] special = Special(type);
        var values = new long[count];
        ulong state = seed;
        for (int i = 0; i < count; i++)
        {
            ulong random = Next(ref state);
            bool takeSpecial = (Next(ref state) & 1) == 0;
            values[i] = takeSpecial ? special[random % (ulong)special.Length] : Cut(type, (long)random);
        }

        return values;
    }

    public static long[] Special(DType type) => type switch
    {
        DType.Bool => [0, 1],
        DType.UInt8 or DType.Int8 => [0, 1, 2, 126, 127, 128, 129, 254, 255],
        DType.UInt16 or DType.Int16 => [0, 1, 2, 127, 128, 255, 256, 257, 32767, 32768, 32769, 65534, 65535],
        DType.UInt32 => [0, 1, 2, 255, 256, 65519, 65520, 65535, 16777217, 16777219, int.MaxValue, 0x80000000, 0x80000001, 0xFF7FFFFF, 0xFF800000, 0xFFFFFF7F, 0xFFFFFF80, uint.MaxValue - 1, uint.MaxValue],
        DType.UInt64 => [.. Special(DType.Int64), 0x7FC0000000000000, 0x7FC0000000000001, unchecked((long)0x8000008000000000), unchecked((long)0x8000008000000001), unchecked((long)0xFFFFFF7FFFFFFFFF), unchecked((long)0xFFFFFF8000000000), unchecked((long)0x8000000000000400), unchecked((long)0x8000000000000401), 0x0040400000000001],
        DType.Float16 => [0, 0x8000, 1, 0x8001, 0x03FF, 0x0400, 0x3C00, 0xBC00, 0x3800, 0x3E00, 0x4100, 0x63FF, 0x6400, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7E00, 0x5BF8, 0x5C00, 0xC33D],
        DType.BFloat16 => [0, 0x8000, 1, 0x8001, 0x007F, 0x0080, 0x3F80, 0xBF80, 0x3F00, 0x3FC0, 0x4020, 0x4AFF, 0x4F00, 0xCF00, 0x5F00, 0xDF00, 0x7F7F, 0xFF7F, 0x7F80, 0xFF80, 0x7FC0, 0x437F, 0x4380],
        DType.Int32 => [.. new[] { 0, 1, -1, 2, -2, 3, 255, 256, 65535, 16777217, 16777219, int.MaxValue, int.MaxValue - 1, int.MinValue, int.MinValue + 1 }.Select(v => (long)(uint)v)],
        DType.Int64 => [0, 1, -1, 2, 255, 256, int.MaxValue, int.MinValue, (long)int.MaxValue + 1, (long)int.MinValue - 1, 65519, 65520, -65520, 1L << 53, (1L << 53) + 1,
            -(1L << 53) - 1, 0x7FFFFFBFFFFFFFFF, 0x7FFFFFC000000001, long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1, 0x1000001000000001, 0x4040000000000000, 0x4040000000000001, -0x4040000000000001, 0x4040000000000800],
        DType.Float32 => [.. new[] { 0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0.49999997f, 8388609f, 16777216f, float.Epsilon, -float.Epsilon, 1.1754942e-38f,
            float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 2147483648f, -2147483648f, 2147483520f, -2147483904f,
            9.2233720368547758e18f, -9.2233720368547758e18f, 255.9f, 256f, -3.7f, 3.1415927f, 65519.996f, 65520f, 4294967040f, 4294967296f, 1.8446743e19f, 1.8446744e19f, 127.9f, 128f, -128.9f, -129f, 65535.9f, 32768f, 5.9604645e-8f, 2.9802322e-8f, 2.9802326e-8f,
            6.1020136e-5f, 1.00048828125f, 1.00146484375f, 1.00390625f, 1.01171875f, 3.3961776e38f }.Select(v => (long)BitConverter.SingleToUInt32Bits(v))],
        _ => [.. new[] { 0d, -0d, 1d, -1d, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308,
            double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2147483647.0, 2147483647.5, 2147483648.0, -2147483648.9, -2147483649.0,
            9.2233720368547758e18, -9.2233720368547758e18, 9.2233720368547748e18, 255.9, 256, -3.7, 1.0000000596046448, 1.401298464324817e-45, 7.0e-46, 3.4028235677973366e38, 4294967295.9, 4294967296.0, 1.8446744073709550e19, 1.8446744073709552e19, 127.9, -128.9, -129.0, 65535.9, 65519.99999999999, 65520,
            1.0004882812500002, 1.00048828125, 1.0039062500000002, 1.00390625, 1.0117187499999998, 2.9802322387695312e-8, 2.9802322387695316e-8, 1.0000000596046448 * 1.00048828125, 3.3961775292304601e38, 4.591774807899561e-41 }.Select(BitConverter.DoubleToInt64Bits)],
    };

    public static void Check(ScalarProgram program, bool interpreted, int count, ulong seed = 1, bool[]? broadcast = null, int inPlaceInput = -1, Func<int, long[]>? values = null)
    {
        bool[] flags = broadcast ?? new bool[program.Inputs.Length];
        MapKernel kernel = interpreted ? new InterpretedMapKernel(program, flags) : CompiledMapKernel.Compile(program, flags);
        Check(kernel, count, seed, inPlaceInput, values);
    }

    public static void Check(MapKernel kernel, int count, ulong seed = 1, int inPlaceInput = -1, Func<int, long[]>? values = null)
    {
        ScalarProgram program = kernel.Program;
        int inputs = program.Inputs.Length;
        int outputs = program.Outputs.Length;
        var data = new long[inputs][];
        var blocks = new byte[inputs + outputs][];
        byte** operands = stackalloc byte*[inputs + outputs];
        var handles = new GCHandle[inputs + outputs];
        for (int k = 0; k < inputs + outputs; k++)
        {
            DType type = k < inputs ? program.Inputs[k] : program.OutputType(k - inputs);
            int length = k < inputs && kernel.Broadcast[k] ? 1 : count;
            blocks[k] = new byte[(2 * Guard) + (length * type.ItemSize)];
            Array.Fill(blocks[k], GuardByte);
            handles[k] = GCHandle.Alloc(blocks[k], GCHandleType.Pinned);

            // One byte off: no operand is aligned.
            operands[k] = (byte*)handles[k].AddrOfPinnedObject() + Guard - 1;
            if (k < inputs)
            {
                data[k] = values?.Invoke(k) ?? Samples(type, length, seed + ((ulong)k * 1000));
                for (int i = 0; i < length; i++)
                {
                    Write(type, operands[k] + (i * type.ItemSize), data[k][i]);
                }
            }
        }

        if (inPlaceInput >= 0)
        {
            operands[inputs] = operands[inPlaceInput];
        }

        try
        {
            kernel.Run(operands, count);
            Compare(kernel, data, operands, count);
            for (int k = 0; k < blocks.Length; k++)
            {
                Assert.All(blocks[k][..(Guard - 1)], b => Assert.Equal(GuardByte, b));
                Assert.All(blocks[k][^(Guard + 1)..], b => Assert.Equal(GuardByte, b));
            }
        }
        finally
        {
            foreach (GCHandle handle in handles)
            {
                handle.Free();
            }
        }
    }

    static void Compare(MapKernel kernel, long[][] data, byte** operands, int count)
    {
        ScalarProgram program = kernel.Program;
        int inputs = data.Length;
        var arguments = new long[inputs];
        var results = new long[program.Outputs.Length];
        var values = new long[program.Instructions.Length];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < inputs; k++)
            {
                arguments[k] = data[k][kernel.Broadcast[k] ? 0 : i];
            }

            ScalarInterpreter.Evaluate(program, arguments, results, values);
            for (int k = 0; k < results.Length; k++)
            {
                DType type = program.OutputType(k);
                long actual = Read(type, operands[inputs + k] + (i * type.ItemSize));
                if (Canonical(type, actual) != Canonical(type, results[k]))
                {
                    Assert.Fail($"{kernel.GetType().Name}: element {i} of {count}, output {k}: 0x{actual:X}, expected 0x{results[k]:X} from [{string.Join(", ", arguments.Select(a => $"0x{a:X}"))}]\n{program}");
                }
            }
        }
    }

    static long Canonical(DType type, long bits) => type switch
    {
        DType.Float32 when float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) => 0x7FC00000,
        DType.Float16 or DType.BFloat16 when double.IsNaN(ScalarBits.ToDouble(type, bits)) => 0x7FC0,
        DType.Float64 when double.IsNaN(BitConverter.Int64BitsToDouble(bits)) => 0x7FF8000000000000,
        _ => bits,
    };

    static long Cut(DType type, long bits) => type == DType.Bool ? bits & 1 : type.ItemSize == 8 ? bits : bits & ((1L << (8 * type.ItemSize)) - 1);

    static void Write(DType type, byte* at, long bits)
    {
        var bytes = new ReadOnlySpan<byte>(&bits, type.ItemSize);
        bytes.CopyTo(new Span<byte>(at, type.ItemSize));
    }

    static long Read(DType type, byte* at)
    {
        long bits = 0;
        new ReadOnlySpan<byte>(at, type.ItemSize).CopyTo(new Span<byte>(&bits, type.ItemSize));
        return bits;
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    public static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
