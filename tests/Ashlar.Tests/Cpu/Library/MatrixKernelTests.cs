using Ashlar.Ir;
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
