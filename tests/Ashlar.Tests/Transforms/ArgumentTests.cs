namespace Ashlar.Tests.Transforms;

public sealed class ArgumentTests
{
    static readonly Tensor Two = Tensor.Scalar(2);
    static readonly Tensor Five = Tensor.Scalar(5);

    [Fact]
    public void A_gradient_may_be_asked_for_any_argument()
    {
        Assert.Equal(5, Transform.Gradient((a, b) => a * b)(Two, Five).Item<float>());
        Assert.Equal(2, Transform.Gradient((a, b) => a * b, argument: 1)(Two, Five).Item<float>());
        Assert.Equal(10, Transform.Gradient((a, b, c) => a * b * c, argument: 2)(Two, Five, Two).Item<float>());
        Assert.Equal([5f, 2f], Transform.Gradient((Tensor[] xs) => xs[0] * xs[1])([Two, Five]).Select(gradient => gradient.Item<float>()));
        Assert.Equal([2f], Transform.Gradient((Tensor[] xs) => xs[0] * xs[1], 1)([Two, Five]).Select(gradient => gradient.Item<float>()));
    }

    [Fact]
    public void An_argument_that_is_not_chosen_may_be_an_index()
    {
        Tensor x = Tensor.From([1f, 2f, 3f], 3);
        Tensor index = Tensor.From([2], 1);
        Assert.Equal([0f, 0f, 1f], Transform.Gradient((a, i) => a.Gather(i).Sum())(x, index).ToArray<float>());
    }

    [Fact]
    public void Auxiliary_outputs_come_with_value_and_gradient()
    {
        (Tensor value, Tensor[] auxiliary, Tensor gradient) = Transform.ValueAndGradient(x => (x.Sum(), (Tensor[])[x * 2, x.ArgMax(0)]))(Tensor.From([1f, 3f], 2));
        Assert.Equal(4, value.Item<float>());
        Assert.Equal([2f, 6f], auxiliary[0].ToArray<float>());
        Assert.Equal(1, auxiliary[1].Item<long>());
        Assert.Equal([1f, 1f], gradient.ToArray<float>());
        Assert.False(auxiliary[0].Node.IsTraced);
    }

    [Fact]
    public void A_function_that_ignores_its_argument_has_gradient_zero() =>
        Assert.Equal([0f, 0f], Transform.Gradient(_ => Tensor.Scalar(7))(Tensor.From([1f, 2f], 2)).ToArray<float>());

    [Fact]
    public void Empty_and_single_tensors_have_derivatives()
    {
        Assert.Equal(new Shape(0), Transform.Gradient(x => x.Sum())(Tensor.Zeros(new Shape(0))).Shape);
        Assert.Equal(new Shape(0, 0), Transform.Jacobian(x => x * x)(Tensor.Zeros(new Shape(0))).Shape);
        Assert.Equal(4, Transform.Jacobian(x => x * x)(Two).Item<float>());
        Assert.Equal(2, Transform.Hessian(x => x * x)(Two).Item<float>());
    }

    [Fact]
    public void The_only_coordinate_of_one_element_is_0() => Assert.Equal([0], Tensor.Arange(1).ToArray<int>());

    [Fact]
    public void A_jacobian_has_the_axes_of_the_value_before_those_of_the_argument()
    {
        Tensor x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        foreach (DerivativeMode mode in Enum.GetValues<DerivativeMode>())
        {
            Tensor matrix = Transform.Jacobian(t => t.Sum([0]) * 2, mode)(x);
            Assert.Equal(new Shape(3, 2, 3), matrix.Shape);
            Assert.Equal([2f, 0, 0, 2, 0, 0, 0, 2, 0, 0, 2, 0, 0, 0, 2, 0, 0, 2], matrix.ToArray<float>());
        }
    }

    [Fact]
    public void Vmap_maps_over_any_axis_and_puts_it_anywhere()
    {
        Tensor x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        Assert.Equal([5f, 7f, 9f], Transform.Vmap(column => column.Sum(), inAxis: -1)(x).ToArray<float>());
        Tensor moved = Transform.Vmap(row => row * 2, outAxis: 1)(x);
        Assert.Equal(new Shape(3, 2), moved.Shape);
        Assert.Equal([2f, 8f, 4f, 10f, 6f, 12f], moved.ToArray<float>());
        Assert.Equal([11f, 22f, 33f], Transform.Vmap((a, b) => a * b, [1, null])(Tensor.From([1f, 2f, 3f], 1, 3), Tensor.From([11f], 1)).ToArray<float>());
    }

    [Fact]
    public void Vmap_of_several_results_leaves_what_is_the_same_for_all()
    {
        Tensor x = Tensor.From([1f, 2f], 2);
        Tensor[] results = Transform.Vmap((Tensor[] xs) => [xs[0] + xs[1], xs[1] * 2], [0, null], [0, null])([x, Five]);
        Assert.Equal([6f, 7f], results[0].ToArray<float>());
        Assert.Equal(10, results[1].Item<float>());
    }

    [Fact]
    public void Vmaps_nest()
    {
        Tensor a = Tensor.From([1f, 2f], 2);
        Tensor b = Tensor.From([10f, 20f, 30f], 3);
        Tensor outer = Transform.Vmap((x, ys) => Transform.Vmap(y => x * y)(ys), [0, null])(a, b);
        Assert.Equal(new Shape(2, 3), outer.Shape);
        Assert.Equal([10f, 20, 30, 20, 40, 60], outer.ToArray<float>());
    }

    [Fact]
    public void Vmap_of_an_empty_batch_is_empty() => Assert.Equal(new Shape(0, 3), Transform.Vmap(x => x.Exp())(Tensor.Zeros(new Shape(0, 3))).Shape);
}
