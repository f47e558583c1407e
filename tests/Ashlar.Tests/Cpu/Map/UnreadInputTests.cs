using Ashlar.Cpu.Map;
using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed unsafe class UnreadInputTests
{
    public enum Kind
    {
        Interpreted,
        Compiled,
        Together,
        Folding,
        Streaming,
    }

    [Theory]
    [InlineData(Kind.Interpreted)]
    [InlineData(Kind.Compiled)]
    [InlineData(Kind.Together)]
    [InlineData(Kind.Folding)]
    [InlineData(Kind.Streaming)]
    public void Memory_that_no_step_reads_may_be_anywhere(Kind kind)
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(DType.Float32);
        builder.Input(DType.Float32);
        ScalarProgram program = builder.Build((x * x) + x);
        bool[] broadcast = [false, false];
        MapKernel plain = CompiledMapKernel.Compile(program, broadcast);
        MapKernel kernel = kind switch
        {
            Kind.Interpreted => new InterpretedMapKernel(program, broadcast),
            Kind.Together => CompiledMapKernel.CompileTogether(program, 3, broadcast),
            Kind.Folding => FoldingMapKernel.Of(program, broadcast, [ReduceKind.Sum], interpret: false, () => plain),
            Kind.Streaming => StreamingMapKernel.Of(plain, 1, []),
            _ => plain,
        };
        bool folds = kind == Kind.Folding;
        byte** operands = stackalloc byte*[3];
        nint* steps = stackalloc nint[3];
        foreach ((int count, int rows) in folds ? [(32, 3), (256, 2)] : new[] { (5, 9), (31, 4), (48, 3), (100, 7), (256, 2) })
        {
            float[] input = [.. Enumerable.Range(0, count * rows).Select(i => (i % 11) - 5f)];
            var output = new float[(count * rows) + 16];
            fixed (float* from = input, to = output)
            {
                // Aligned as what is written past the caches must be.
                int start = (int)((64 - ((nint)to & 63)) & 63) / sizeof(float);
                operands[0] = (byte*)from;
                operands[1] = (byte*)64;
                operands[2] = (byte*)(to + start);
                (steps[0], steps[1], steps[2]) = (count * sizeof(float), count * sizeof(float), (folds ? 1 : count) * sizeof(float));
                kernel.Run(operands, count, rows, steps);
                float[] expected = [.. input.Select(value => (value * value) + value)];
                expected = folds ? [.. expected.Chunk(count).Select(row => row.Sum())] : expected;
                Assert.Equal(expected, output.AsSpan(start, expected.Length).ToArray());
            }
        }
    }

    [Fact]
    public void Inputs_that_are_read_or_the_same_everywhere_are_not_fetched()
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(DType.Float32);
        builder.Input(DType.Float32);
        builder.Input(DType.Float32);
        builder.Input(DType.Float64);

        Assert.Equal([1], LaneLowering.Lower(builder.Build(x + x), [false, false, true, false]).Unread);
    }
}
