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
        DType.UInt8 => [0, 1, 2, 127, 128, 254, 255],
        DType.Int32 => [.. new[] { 0, 1, -1, 2, -2, 3, 255, 256, 65535, 16777217, 16777219, int.MaxValue, int.MaxValue - 1, int.MinValue, int.MinValue + 1 }.Select(v => (long)(uint)v)],
        DType.Int64 => [0, 1, -1, 2, 255, 256, int.MaxValue, int.MinValue, (long)int.MaxValue + 1, (long)int.MinValue - 1, 1L << 53, (1L << 53) + 1,
            -(1L << 53) - 1, 0x7FFFFFBFFFFFFFFF, 0x7FFFFFC000000001, long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1, 0x1000001000000001],
        DType.Float32 => [.. new[] { 0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0.49999997f, 8388609f, 16777216f, float.Epsilon, -float.Epsilon, 1.1754942e-38f,
            float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 2147483648f, -2147483648f, 2147483520f, -2147483904f,
            9.2233720368547758e18f, -9.2233720368547758e18f, 255.9f, 256f, -3.7f, 3.1415927f }.Select(v => (long)BitConverter.SingleToUInt32Bits(v))],
        _ => [.. new[] { 0d, -0d, 1d, -1d, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308,
            double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2147483647.0, 2147483647.5, 2147483648.0, -2147483648.9, -2147483649.0,
            9.2233720368547758e18, -9.2233720368547758e18, 9.2233720368547748e18, 255.9, 256, -3.7, 1.0000000596046448, 1.401298464324817e-45, 7.0e-46, 3.4028235677973366e38 }.Select(BitConverter.DoubleToInt64Bits)],
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
        DType.Float64 when double.IsNaN(BitConverter.Int64BitsToDouble(bits)) => 0x7FF8000000000000,
        _ => bits,
    };

    static long Cut(DType type, long bits) => type switch
    {
        DType.Bool => bits & 1,
        DType.UInt8 => bits & 0xFF,
        DType.Int32 or DType.Float32 => (uint)bits,
        _ => bits,
    };

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
