using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Law;

/// <summary>Sums and products in the order of the law, at the extents where a kernel changes its way.</summary>
public sealed class OrderLawTests
{
    static readonly int[] Extents = [0, 1, 31, 32, 33, 4095, 4096, 4097, 8193];

    public static TheoryData<DType> Carriers => [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.Float16];

    [Theory, MemberData(nameof(Carriers))]
    public void Sums_have_the_bits_of_the_reference(DType type)
    {
        int turn = 0;
        foreach (int extent in Extents)
        {
            // Layouts take turns: all six of them for every extent would say little more.
            Agree([extent], [0], Turn(turn++), type);
            Agree([3, extent], [1], Turn(turn++), type);
            Agree([extent, 3], [0], Turn(turn++), type);
            Agree([2, extent, 2], [0, 2], Turn(turn++), type);
            turn++;
        }
    }

    // Columns around the vectors and the spans of the kernels, rows around what it takes at once.
    [Theory, MemberData(nameof(Carriers))]
    public void Sums_over_middle_axes_have_the_bits_of_the_reference(DType type)
    {
        int turn = 0;
        foreach ((int rows, int columns) in ((int, int)[])[(1, 16), (31, 17), (64, 49), (257, 20), (4097, 16), (9, 515), (5, 3)])
        {
            Agree([3, rows, columns], [1], Turn(turn), type);
            Agree([3, rows, columns], [1], Layout.Contiguous, type);
            turn++;
        }

        Agree([2, 3, 5, 4, 6], [1, 2], Layout.Contiguous, type);
        Agree([2, 3, 5, 4, 6], [1, 3], Layout.Contiguous, type);
    }

    // k around the chunks of 256, rows and columns around the tiles of the kernels.
    [Theory, InlineData(DType.Float32), InlineData(DType.Float64), InlineData(DType.Int32)]
    public void Products_have_the_bits_of_the_reference(DType type)
    {
        int turn = 0;
        foreach (int k in (int[])[0, 1, 7, 255, 256, 257, 513])
        {
            foreach ((int m, int n) in ((int, int)[])[(1, 1), (1, 33), (5, 17), (7, 1), (13, 16)])
            {
                Tensor a = Operand([m, k], 1, Turn(turn), type);
                Tensor b = Operand([k, n], 2, Turn(turn++ / 2), type);
                Executions.Agree(options => Run(options, () => a.MatMul(b)), $"[{m}, {k}] x [{k}, {n}], {type.Name}, {Turn(turn - 1)}");
            }
        }
    }

    static Layout Turn(int turn) => (Layout)(turn % 6);

    static void Agree(int[] extents, int[] axes, Layout layout, DType type)
    {
        Tensor x = Operand(extents, 3, layout, type);
        string what = $"[{string.Join(", ", extents)}] over [{string.Join(", ", axes)}], {type.Name}, {layout}";
        Executions.Agree(options => Run(options, () => x.Sum(axes)), "Sum of " + what);
        if (!extents.Contains(0))
        {
            Executions.Agree(options => Run(options, () => x.Max(axes)), "Max of " + what);
        }
    }

    static Tensor Operand(int[] extents, uint seed, Layout layout, DType type)
    {
        var operand = new Primitives.Operand(new Shape(extents), -2, 2);
        return new Tensor(LaidOut.Of(layout, operand.Draw(seed, operand.Shape.Size, type), operand.Shape, type));
    }

    static string Run(ExecutionOptions options, Func<Tensor> f)
    {
        using IDisposable scope = Execution.Use(options);
        return Bits.Hash(f());
    }
}
