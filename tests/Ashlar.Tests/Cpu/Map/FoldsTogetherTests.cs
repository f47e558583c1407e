using Ashlar.Cpu.Map;
using Ashlar.Functions;
using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed unsafe class FoldsTogetherTests
{
    [Theory]
    [InlineData(ReduceKind.Sum)]
    [InlineData(ReduceKind.Max)]
    public void Rows_reduced_by_several_vectors_side_by_side_have_the_bits_of_rows_that_were_stored_first(ReduceKind kind)
    {
        var builder = new ScalarBuilder();
        (Scalar x, Scalar shift) = (builder.Input(DType.Float32), builder.Input(DType.Float32));
        Scalar e = Exp.Of(x - shift);
        ScalarProgram program = builder.Build(e, e * x);
        LaneProgram lanes = LaneLowering.Lower(program, [false, true]);
        Assert.Equal(FoldLanes.Have(lanes.Lanes), MapEmitter.Folds(lanes));
        if (!MapEmitter.Folds(lanes))
        {
            return;
        }

        ReduceKind?[] folds = [null, kind];
        var plain = (CompiledMapKernel)CompiledMapKernel.Compile(program, false, true);
        MapKernel stored = FoldingMapKernel.Of(program, [false, true], folds, interpret: true, () => plain);
        int parts = 32 / lanes.Lanes;
        foreach (int together in (int[])[1, parts, 2 * parts])
        {
            MapLoop loop = MapEmitter.Compile(lanes, 2, 0, folds, together);
            foreach ((int count, int rows) in ((int, int)[])[(32, 3), (64, 2), (96, 5), (512, 4), (4096, 1)])
            {
                (float[] elements, float[] reduced) = Run((operands, steps) => loop(operands, count, rows, steps), count, rows);
                (float[] expected, float[] expectedReduced) = Run((operands, steps) => stored.Run(operands, count, rows, steps), count, rows);
                Assert.Equal(expected, elements);
                Assert.Equal(expectedReduced, reduced);
            }
        }
    }

    delegate void Loop(byte** operands, nint* steps);

    static (float[] Elements, float[] Reduced) Run(Loop loop, int count, int rows)
    {
        float[] x = [.. Enumerable.Range(0, count * rows).Select(i => (i * 37 % 101 * 0.01f) - (i % 5))];
        float[] shift = [.. Enumerable.Range(0, rows).Select(row => row * 0.125f)];
        var elements = new float[count * rows];
        var reduced = new float[rows];
        byte** operands = stackalloc byte*[4];
        nint* steps = stackalloc nint[4];
        fixed (float* xAt = x, shiftAt = shift, elementsAt = elements, reducedAt = reduced)
        {
            operands[0] = (byte*)xAt;
            operands[1] = (byte*)shiftAt;
            operands[2] = (byte*)elementsAt;
            operands[3] = (byte*)reducedAt;
            steps[0] = steps[2] = count * sizeof(float);
            steps[1] = steps[3] = sizeof(float);
            loop(operands, steps);
        }

        return (elements, reduced);
    }
}
