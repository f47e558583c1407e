using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Schedule;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Autodiff;

public sealed class GradientTests
{
    // Central differences at h and h/2, extrapolated (Richardson 1911): the error of the formula is about h⁴ = 1e-20 times the fifth derivative along the direction,
    // which near a pole and along a direction of size 12 reaches 1e10; that of rounding is about 1e-16 / h = 1e-11 times the value.
    const double Distance = 1e-5;
    const double Tolerance = 2e-8;

    [Theory, MemberData(nameof(PrimitiveCases.Differentiable), MemberType = typeof(PrimitiveCases))]
    public void The_gradient_agrees_with_finite_differences(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        PrimitiveCase row = PrimitiveCases.Named(name);
        double[][] at = Draw(row, 1);
        for (uint seed = 10; seed < 13; seed++)
        {
            double[][] direction = Draw(row, seed);
            AssertClose(Difference(row, at, direction, Weighted), Along(row, at, direction, Weighted));
        }
    }

    [Theory, MemberData(nameof(PrimitiveCases.Differentiable), MemberType = typeof(PrimitiveCases))]
    public void The_gradient_of_a_directional_derivative_agrees_with_finite_differences(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        PrimitiveCase row = PrimitiveCases.Named(name);
        double[][] at = Draw(row, 1);
        for (uint seed = 20; seed < 22; seed++)
        {
            double[][] inner = Draw(row, seed + 10);
            double[][] direction = Draw(row, seed);
            Node Slope(PrimitiveCase _, Node[] operands) => Directional(row, operands, inner, Weighted);
            AssertClose(Difference(row, at, direction, Slope), Along(row, at, direction, Slope));
        }
    }

    [Theory, MemberData(nameof(PrimitiveCases.Names), MemberType = typeof(PrimitiveCases))]
    public void No_gradient_passes_through_the_other_operands(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        Node node = row.Of([.. row.Operands.Select((operand, i) => operand.Constant((uint)i, row.Types[0]))]);
        Node?[] gradients = row.Primitive.Vjp(node, node);
        for (int i = 0; i < gradients.Length; i++)
        {
            Assert.Equal(row.Differentiable.Contains(i), gradients[i] is not null);
        }
    }

    // Σ c · node with fixed weights c: every element of the result has a cotangent of its own.
    static Node Weighted(PrimitiveCase row, Node[] operands)
    {
        Node node = row.Of(operands);
        Node weights = new Operand(node.Shape, -1, 1).Constant(5, DType.Float64);
        return Op.Sum(Op.Multiply(node, weights), [.. Enumerable.Range(0, node.Shape.Rank)]);
    }

    static Node Directional(PrimitiveCase row, Node[] operands, double[][] direction, Func<PrimitiveCase, Node[], Node> f)
    {
        Node[] gradients = Gradients.Of(f(row, operands), [.. row.Differentiable.Select(i => operands[i])]);
        Node sum = Op.Number(DType.Float64, 0);
        for (int k = 0; k < gradients.Length; k++)
        {
            Node d = Operand.Constant(direction[row.Differentiable[k]], gradients[k].Shape, DType.Float64);
            sum = Op.Add(sum, Op.Sum(Op.Multiply(gradients[k], d), [.. Enumerable.Range(0, d.Shape.Rank)]));
        }

        return sum;
    }

    static double Along(PrimitiveCase row, double[][] at, double[][] direction, Func<PrimitiveCase, Node[], Node> f) =>
        new Tensor(Directional(row, Watched(row, at), direction, f)).Item<double>();

    static double Difference(PrimitiveCase row, double[][] at, double[][] direction, Func<PrimitiveCase, Node[], Node> f)
    {
        double Value(double h)
        {
            double[][] moved = [.. at.Select((values, i) => values.Select((x, k) => row.Differentiable.Contains(i) ? x + (h * direction[i][k]) : x).ToArray())];
            return new Tensor(f(row, Watched(row, moved))).Item<double>();
        }

        double Central(double h) => (Value(h) - Value(-h)) / (2 * h);

        return ((4 * Central(Distance / 2)) - Central(Distance)) / 3;
    }

    static Node[] Watched(PrimitiveCase row, double[][] values) => [.. row.Operands.Select((operand, i) =>
        Operand.Constant(values[i], operand.Shape, operand.Type ?? DType.Float64) is var value && row.Differentiable.Contains(i) ? Op.Barrier(value) : value)];

    static double[][] Draw(PrimitiveCase row, uint seed) =>
        [.. row.Operands.Select((operand, i) => operand.Draw((seed * 50) + (uint)i, operand.Shape.Size, DType.Float64))];

    static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * (1 + Math.Abs(expected)), $"finite difference {expected:R}, gradient {actual:R}");
}
