using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Primitives;

public sealed class VmapTests
{
    [Theory, MemberData(nameof(PrimitiveCases.Names), MemberType = typeof(PrimitiveCases))]
    public void Vmap_gives_the_bits_of_a_loop_whichever_operands_are_batched(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        PrimitiveCase row = PrimitiveCases.Named(name);
        foreach (DType type in row.AllTypes)
        {
            (Node Batch, Node[] Rows)[] operands = [.. row.Operands.Select((operand, i) => operand.Batch((uint)i, type))];
            for (int subset = 1; subset < 1 << operands.Length; subset++)
            {
                bool[] batched = [.. operands.Select((_, i) => (subset & (1 << i)) != 0)];
                Node example = row.Of([.. operands.Select(operand => operand.Rows[0])]);
                Node[] inputs = [.. operands.Select((operand, i) => batched[i] ? operand.Batch : operand.Rows[0])];
                var all = new Tensor(row.Primitive.Vmap(example, inputs, batched));
                Tensor[] each = [.. Enumerable.Range(0, 3).Select(k => new Tensor(row.Of([.. operands.Select((operand, i) => operand.Rows[batched[i] ? k : 0])])))];
                Assert.Equal(new Shape([3, .. example.Shape]), all.Shape);
                Assert.Equal(example.Type, all.DType);
                Assert.Equal(each.SelectMany(tensor => tensor.ToBytes()), all.ToBytes());
            }
        }
    }
}
