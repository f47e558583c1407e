using System.Runtime.InteropServices;
using Ashlar.Cpu.Map;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed unsafe class MapRowsTests
{
    // Bytes from a row to the next: more than a row of 300 elements of 8 bytes.
    const int Stride = 2504;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_taken_at_once_have_the_bits_of_rows_taken_one_by_one(bool interpreted)
    {
        DType[] all = [.. DTypeFacts.All];
        DType[] small = [DType.Bool, DType.UInt8, DType.Int32, DType.Float32];
        (int Count, int Rows)[] sizes = [(1, 1), (3, 40), (8, 33), (13, 7), (32, 9), (64, 5), (129, 3), (256, 3), (300, 2)];
        for (ulong seed = 400; seed < 460; seed++)
        {
            ScalarProgram program = RandomPrograms.Draw(seed, seed % 2 == 0 ? all : small);
            bool[] broadcast = [.. Enumerable.Range(0, program.Inputs.Length).Select(k => ((seed >> k) & 3) == 3)];
            MapKernel kernel = interpreted ? new InterpretedMapKernel(program, broadcast) : CompiledMapKernel.Compile(program, broadcast);
            (int count, int rows) = sizes[seed % (ulong)sizes.Length];

            (byte[] together, bool threw) = Run(kernel, count, rows, seed, atOnce: true);
            (byte[] alone, bool threwAlone) = Run(kernel, count, rows, seed, atOnce: false);

            Assert.Equal(threwAlone, threw);
            Assert.True(threw || together.AsSpan().SequenceEqual(alone), $"seed {seed}: {rows} rows of {count}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_written_over_their_input_have_the_bits_of_rows_written_elsewhere(bool interpreted)
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(DType.Float32);
        Scalar scale = builder.Input(DType.Float32);
        ScalarProgram program = builder.Build(x * (x + scale) + x);
        MapKernel kernel = interpreted ? new InterpretedMapKernel(program, false, true) : CompiledMapKernel.Compile(program, false, true);
        byte** operands = stackalloc byte*[3];
        nint* steps = stackalloc nint[3];
        foreach ((int count, int rows) in ((int, int)[])[(5, 9), (24, 20), (250, 3), (512, 2)])
        {
            float[] input = [.. Enumerable.Range(0, count * rows).Select(i => (i * 37 % 101) - 50.5f)];
            float[] scales = [.. Enumerable.Range(0, rows).Select(row => row + 0.25f)];
            float[] expected = [.. input.Select((value, i) => (value * (value + scales[i / count])) + value)];
            fixed (float* at = input, scaleAt = scales)
            {
                operands[0] = operands[2] = (byte*)at;
                operands[1] = (byte*)scaleAt;
                steps[0] = steps[2] = count * sizeof(float);
                steps[1] = sizeof(float);
                kernel.Run(operands, count, rows, steps);
            }

            Assert.Equal(expected, input);
        }
    }

    static (byte[] Results, bool Threw) Run(MapKernel kernel, int count, int rows, ulong seed, bool atOnce)
    {
        int inputs = kernel.Program.Inputs.Length;
        int operandCount = inputs + kernel.Program.Outputs.Length;
        var memory = new byte[operandCount * rows * Stride];
        fixed (byte* start = memory)
        {
            byte** operands = stackalloc byte*[operandCount];
            nint* steps = stackalloc nint[operandCount];
            for (int k = 0; k < operandCount; k++)
            {
                operands[k] = start + (k * rows * Stride);
                steps[k] = Stride;
                for (int row = 0; k < inputs && row < rows; row++)
                {
                    DType type = kernel.Program.Inputs[k];
                    long[] values = MapTrial.Samples(type, count, seed + (ulong)((k * 1000) + row));
                    for (int i = 0; i < count; i++)
                    {
                        MemoryMarshal.AsBytes((Span<long>)[values[i]])[..type.ItemSize].CopyTo(new Span<byte>(operands[k] + (row * Stride) + (i * type.ItemSize), type.ItemSize));
                    }
                }
            }

            byte** at = stackalloc byte*[operandCount];
            try
            {
                for (int row = 0; row < (atOnce ? 1 : rows); row++)
                {
                    for (int k = 0; k < operandCount; k++)
                    {
                        at[k] = operands[k] + (row * Stride);
                    }

                    if (atOnce) { kernel.Run(at, count, rows, steps); }
                    else { kernel.Run(at, count); }
                }
            }
            catch (DivideByZeroException)
            {
                return (memory, true);
            }

            return (memory, false);
        }
    }
}
