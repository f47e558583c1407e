using Ashlar.Cpu.Library;
using Ashlar.Cpu.Library.Linalg;
using Ashlar.Ir;
using Ashlar.Primitives.Linalg;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Cpu.Library;

public sealed class MatrixKernelTests
{
    public static TheoryData<string> Names => [.. new LinalgCases().Rows.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Batches_have_the_bits_of_the_definition_on_any_number_of_threads(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            foreach (int[] lead in (int[][])[[], [0], [300]])
            {
                Node[] slots = [.. row.Operands.Select((operand, i) => Node.Slot(new Shape([.. lead, .. operand.Shape]), type, i))];
                new KernelTrial(row.Of(slots), [.. slots.Select((slot, i) => Elements.Numbers(type, slot.Shape, (uint)i))]).Require();
            }
        }
    }

    // 66 and 130 leave a part of a block, of a tile and of a register over; 33 x 97 and 97 x 33 are neither square nor even.
    [Theory, MemberData(nameof(Large))]
    public void Large_matrices_have_the_bits_of_the_definition_in_registers_of_every_width(string name, int rows, int columns)
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            (Node node, byte[][] inputs) = OfLarge(name, rows, columns, type);
            foreach (bool wide in (bool[])[false, true])
            {
                var primitive = (MatrixPrimitive)node.Primitive;
                LibraryKernel kernel = type == DType.Float32 ? new MatrixKernel<float>(primitive, node, wide) : new MatrixKernel<double>(primitive, node, wide);
                new KernelTrial(node, kernel, inputs).Require();
            }
        }
    }

    public static TheoryData<string, int, int> Large => new(
        from row in new LinalgCases().Rows
        from size in ((int, int)[])[(66, 66), (130, 130), (33, 97), (97, 33)]
        where size.Item1 == size.Item2 || Rectangular.Contains(row.Primitive)
        where row.Operands[0].Shape[^1] == row.Operands[0].Shape[^2] && !row.Name.Contains("pair", StringComparison.Ordinal)
        select (row.Name, size.Item1, size.Item2));

    static MatrixPrimitive[] Rectangular => [LuPrimitive.Instance, QrPrimitive.Instance, SvdPrimitive.Instance, PseudoInversePrimitive.Instance];

    // Numbers of either sign; made positive definite for Cholesky.
    static (Node Node, byte[][] Inputs) OfLarge(string name, int rows, int columns, DType type)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        Tensor a = Tensor.RandomNormal(new RandomKey(7, 9), new Shape(rows, columns), type: type);
        a = row.Primitive == CholeskyPrimitive.Instance ? a.MatMul(a.T) + Tensor.Eye(rows, type: type)
            : row.Primitive == MatrixExpPrimitive.Instance ? a * 0.01
            : row.Primitive == TriangularSolvePrimitive.Instance ? (a * 0.1) + Tensor.Eye(rows, type: type)
            : a;
        Tensor[] operands = row.Operands.Length == 1 ? [a] : [a, Tensor.RandomNormal(new RandomKey(8, 9), new Shape(rows, 150), type: type)];
        Node[] slots = [.. operands.Select((operand, i) => Node.Slot(operand.Shape, type, i))];
        return (row.Of(slots), [.. operands.Select(operand => operand.ToBytes())]);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_matrix_that_is_not_finite_spoils_no_neighbour(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        Node[] slots = [.. row.Operands.Select((operand, i) => Node.Slot(new Shape([64, .. operand.Shape]), DType.Float64, i))];
        new KernelTrial(row.Of(slots), [.. slots.Select(slot => Elements.Ties(DType.Float64, slot.Shape))]).Require();
    }

    [Theory, MemberData(nameof(Names))]
    public void A_warm_kernel_allocates_nothing(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        Node[] slots = [.. row.Operands.Select((operand, i) => Node.Slot(operand.Shape, DType.Float64, i))];
        Assert.Equal(0, new KernelTrial(row.Of(slots), [.. slots.Select(slot => Elements.Numbers(DType.Float64, slot.Shape))]).AllocatedBytes());
    }
}
