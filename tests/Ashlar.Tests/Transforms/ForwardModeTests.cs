using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Schedule;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Transforms;

public sealed class ForwardModeTests
{
    // Two orders of summation of a few dozen products in float64: 1e-12 is a thousand roundings.
    const double Tolerance = 1e-12;

    [Theory, MemberData(nameof(PrimitiveCases.Differentiable), MemberType = typeof(PrimitiveCases))]
    public void The_jvp_of_every_primitive_is_the_transpose_of_its_vjp(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        PrimitiveCase row = PrimitiveCases.Named(name);
        Node[] operands = [.. row.Operands.Select((operand, i) => operand.Constant((uint)i, DType.Float64))];
        Node[] watched = [.. operands.Select((operand, i) => row.Differentiable.Contains(i) ? Op.Barrier(operand) : operand)];
        Node[] sources = [.. row.Differentiable.Select(i => watched[i])];
        Node[] tangents = [.. row.Differentiable.Select(i => row.Operands[i].Constant((uint)i + 30, DType.Float64))];
        Node value = row.Of(watched);
        Node cotangent = new Operand(value.Shape, -1, 1).Constant(9, DType.Float64);
        Node along = Tangents.Of([value], sources, tangents)[0];
        Assert.Equal((value.Shape, value.Type), (along.Shape, along.Type));
        Node[] back = Gradients.Of([value], [cotangent], sources);
        double forward = Inner(along, cotangent);
        double reverse = back.Select((gradient, i) => Inner(gradient, tangents[i])).Sum();
        Assert.Equal(forward, reverse, Tolerance * (1 + Math.Abs(forward)));
        Assert.DoesNotContain(GraphWalk.PostOrder([along], _ => true), node => node.Primitive is SourcePrimitive && node.Value is null && ReferenceEquals(node.Primitive, SourcePrimitive.Slot));
    }

    [Fact]
    public void The_jvp_of_a_polynomial_is_its_derivative_times_the_direction()
    {
        Tensor x = Tensor.From([1.0, 2, 3], 3);
        (Tensor value, Tensor tangent) = Transform.Jvp(t => t * t * t, x, Tensor.From([1.0, 0, -1], 3));
        Assert.Equal([1.0, 8, 27], value.ToArray<double>());
        Assert.Equal([3.0, 0, -27], tangent.ToArray<double>());
    }

    [Fact]
    public void The_tangent_of_several_arguments_adds_their_parts()
    {
        Tensor a = Tensor.From([2.0], 1);
        Tensor b = Tensor.From([5.0], 1);
        (Tensor[] values, Tensor[] tangents) = Transform.Jvp(xs => (Tensor[])[xs[0] * xs[1], xs[0] - xs[1]], [a, b], [Tensor.From([1.0], 1), Tensor.From([10.0], 1)]);
        Assert.Equal([10.0, -3], values.Select(value => value.Item<double>()));
        Assert.Equal([25.0, -9], tangents.Select(tangent => tangent.Item<double>()));
    }

    [Fact]
    public void A_tangent_of_another_dtype_than_the_value_follows_the_value()
    {
        (Tensor value, Tensor tangent) = Transform.Jvp(x => x.To(DType.Float64) * 2, Tensor.From([1f], 1), Tensor.From([3f], 1));
        Assert.Equal(DType.Float64, tangent.DType);
        Assert.Equal([2.0, 6.0], [value.Item<double>(), tangent.Item<double>()]);
    }

    [Fact]
    public void An_integer_value_has_a_tangent_of_zeros()
    {
        Tensor tangent = Transform.Jvp(x => x.ArgMax(0), Tensor.From([1f, 2f], 2), Tensor.From([1f, 1f], 2)).Tangent;
        Assert.Equal(DType.Int64, tangent.DType);
        Assert.Equal(0, tangent.Item<long>());
    }

    [Fact]
    public void No_tangent_passes_StopGradient_or_NoGradient()
    {
        Tensor x = Tensor.From([3.0], 1);
        Tensor one = Tensor.From([1.0], 1);
        Tensor Quiet(Tensor t)
        {
            using (Transform.NoGradient())
            {
                return t * t;
            }
        }

        Assert.Equal(3, Transform.Jvp(t => t.StopGradient() * t, x, one).Tangent.Item<double>());
        Assert.Equal(9, Transform.Jvp(t => Quiet(t) * t, x, one).Tangent.Item<double>());
        Assert.Equal(9, Transform.Gradient(t => (Quiet(t) * t).Sum())(x).Item<double>());
        Assert.Equal(0, Transform.Gradient(Transform.Gradient(t => (Quiet(t) * t).Sum()))(Tensor.Scalar(3, DType.Float64)).Item<double>());
    }

    [Fact]
    public void A_transform_inside_a_scope_without_gradients_still_differentiates()
    {
        using (Transform.NoGradient())
        {
            Tensor x = Tensor.Scalar(3);
            Tensor gradient = Transform.Gradient(t => t * t)(x);
            Assert.Equal(6, gradient.Item<float>());
            Assert.False(gradient.Node.IsTraced);
            Assert.Equal(6, Transform.Jvp(t => t * t, x, Tensor.Scalar(1)).Tangent.Item<float>());
        }
    }

    [Fact]
    public void Linearize_records_the_function_once_and_may_be_called_often()
    {
        int calls = 0;
        (Tensor value, Func<Tensor, Tensor> push) = Transform.Linearize(x => Counted(x.Exp()), Tensor.Scalar(0, DType.Float64));
        Assert.Equal([1.0, 2, 3], [value.Item<double>(), push(Tensor.Scalar(2, DType.Float64)).Item<double>(), push(Tensor.Scalar(3, DType.Float64)).Item<double>()]);
        Assert.Equal(1, calls);

        Tensor Counted(Tensor x)
        {
            calls++;
            return x;
        }
    }

    [Fact]
    public void Vjp_records_the_function_once_and_may_be_called_often()
    {
        int calls = 0;
        (Tensor value, Func<Tensor, Tensor> pull) = Transform.Vjp(x => Counted(x * x), Tensor.From([1.0, 2], 2));
        Assert.Equal([1.0, 4], value.ToArray<double>());
        Assert.Equal([2.0, 0], pull(Tensor.From([1.0, 0], 2)).ToArray<double>());
        Assert.Equal([0.0, 12], pull(Tensor.From([0.0, 3], 2)).ToArray<double>());
        Assert.Equal(1, calls);

        Tensor Counted(Tensor x)
        {
            calls++;
            return x;
        }
    }

    static double Inner(Node a, Node b) => (new Tensor(a) * new Tensor(b)).Sum().Item<double>();
}
