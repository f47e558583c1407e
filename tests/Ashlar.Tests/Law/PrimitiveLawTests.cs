using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Law;

/// <summary>Each primitive has one meaning, whatever carries it out and however its operands lie.</summary>
public sealed class PrimitiveLawTests
{
    // Around the widths of vectors, the 32 lanes and the blocks of 4,096.
    static readonly int[] Sizes = [0, 1, 3, 31, 32, 33, 4095, 4097];

    public static TheoryData<string> Rows => PrimitiveCases.Names;

    public static TheoryData<string> Maps => [.. PrimitiveCases.All.Where(row => row.Primitive is MapPrimitive).Select(row => row.Name)];

    [Theory, MemberData(nameof(Rows))]
    public void Every_dtype_and_layout_has_the_bits_of_the_reference(string name)
    {
        foreach (LawCase law in LawCase.Of(PrimitiveCases.Named(name)))
        {
            Executions.Agree(law.Bits, law.ToString());
        }
    }

    [Theory, MemberData(nameof(Maps))]
    public void Every_size_of_a_map_has_the_bits_of_the_reference(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        foreach (DType type in row.Types)
        {
            foreach (int size in Sizes)
            {
                PrimitiveCase sized = row with { Operands = [.. row.Operands.Select(operand => operand with { Shape = new Shape(size) })] };
                var law = new LawCase(sized, type, (Layout)(size % 3));
                string expected = law.Bits(Executions.Oracle);
                Assert.True(expected == law.Bits(Executions.Usual), $"{law}, {size} elements: compiled and reference differ.");
                Assert.True(expected == law.Bits(Executions.All[^1].Options), $"{law}, {size} elements: interpreter and reference differ.");
            }
        }
    }

    [Fact]
    public void The_comparison_tells_one_bit()
    {
        Node x = Operand.Constant([1, 2, 3], new Shape(3), DType.Float32);
        Assert.ThrowsAny<Exception>(() => Executions.Agree(options => options == Executions.Usual ? "a" : "b", "x"));
        Assert.NotEqual(Schedule.Bits.Hash(new Tensor(x)), Schedule.Bits.Hash(new Tensor(x) * 1.0000001));
    }
}
