using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar.Tests.Autodiff;

/// <summary>What a gradient records: no cotangent of an operand that none was asked for.</summary>
public sealed class AskedGradientTests
{
    [Fact]
    public void The_gradient_of_a_quotient_by_a_constant_is_one_division()
    {
        Node x = Op.Barrier(Node.Slot(new Shape(3), DType.Float32, 0));
        Node divisor = Node.Slot(new Shape(3), DType.Float32, 1);
        Node cotangent = Node.Slot(new Shape(3), DType.Float32, 2);

        Node gradient = Gradients.Of([Op.Divide(x, divisor)], [cotangent], [x])[0];

        Assert.Same(ArithmeticMaps.Divide, gradient.Primitive);
        Assert.Same(cotangent, gradient.Inputs[0]);
        Assert.Same(divisor, gradient.Inputs[1]);
    }

    [Theory]
    [InlineData(0, "Negate Divide")]
    [InlineData(1, "Multiply")]
    [InlineData(2, "Where")]
    public void Each_operand_alone_gets_its_own_part(int which, string expected)
    {
        Node x = Op.Barrier(Node.Slot(new Shape(3), DType.Float64, 0));
        Node other = Node.Slot(new Shape(3), DType.Float64, 1);
        Node y = which switch
        {
            0 => Op.Divide(other, x),
            1 => Op.Multiply(other, x),
            _ => Op.Where(Op.LessOrEqual(other, Op.Number(other, 0)), other, x),
        };

        Node gradient = Gradients.Of([y], [other], [x])[0];

        string first = gradient.Primitive.Name;
        Assert.Equal(expected, which == 0 ? $"{first} {gradient.Inputs[0].Primitive.Name}" : first);
    }
}
