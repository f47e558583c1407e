using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Tests.Transforms;

public sealed class TransformMessageTests
{
    static readonly Tensor Two = Tensor.From([1f, 2f], 2);
    static readonly Tensor Three = Tensor.From([1f, 2f, 3f], 3);

    public static TheoryData<string, Action> Wrong { get; } = new()
    {
        { "Vmap: argument 0 holds 2 examples, argument 1 holds 3. Give batches of one extent, or null for what is the same for all.", () => Transform.Vmap((a, b) => a + b)(Two, Three) },
        { "Vmap: no argument has an axis to map over. Give at least one axis that is not null.", () => Transform.Vmap((a, b) => a + b, [null, null])(Two, Three) },
        { "Vmap: 1 axes were given for 2 arguments. Give one for each, null for an argument that is the same for all examples.", () => Transform.Vmap((a, b) => a + b, [0])(Two, Two) },
        { "Vmap: 2 axes were given for 1 results. Give one for each, null for a result that is the same for all examples.", () => Transform.Vmap((Tensor[] xs) => [xs[0]], null, [0, 0])([Two]) },
        { "Vmap: result 0 differs between the examples, so it needs an axis for them. Give one instead of null.", () => Transform.Vmap((Tensor[] xs) => [xs[0]], null, [null])([Two]) },
        { "Vmap: axis 1 of [2] does not exist. Axes run from -1 to 0.", () => Transform.Vmap(x => x, inAxis: 1)(Two) },
        { "Vmap: axis 1 of [2] does not exist. Axes run from -1 to 0.", () => Transform.Vmap(x => x, outAxis: 1)(Two) },
        { "Jvp: tangent 0 is float32[3], what it belongs to is float32[2]. Give it that shape and dtype.", () => Transform.Jvp(x => x, Two, Three) },
        { "Vjp: cotangent 0 is float32[3], what it belongs to is float32[2]. Give it that shape and dtype.", () => Transform.Vjp(x => x, Two).Pullback(Three) },
        { "Vjp: value 0 is int64. Only floating values have derivatives; cast it, or return it from another function.", () => Transform.Vjp(x => x.ArgMax(0), Two) },
        { "Vjp: 1 cotangents were given for 2. Give one for each.", () => Transform.Vjp(xs => (Tensor[])[xs[0], xs[0]], [Two]).Pullback([Two]) },
        { "Gradient: argument 2 of 2 was asked for. Arguments count from 0 to 1.", () => Transform.Gradient((a, b) => (a * b).Sum(), 2)(Two, Two) },
        { "Gradient: argument 1 is int32. Only floating tensors have derivatives; cast it, or choose other arguments.", () => Transform.Gradient((Tensor[] xs) => xs[0].Sum())([Two, Tensor.Arange(2)]) },
        { "CustomGradient: the cotangent of argument 0 is float32[3], the argument float32[2]. Return it in the argument's shape and dtype.", () => Transform.Gradient(x => Transform.CustomGradient(t => t.Exp(), (_, _, _) => Three)(x).Sum())(Two) },
        { "CustomGradient: the rule gave 0 cotangents for 1 arguments. Return one for each, null where there is none.", () => Transform.Gradient(x => Transform.CustomGradient(xs => xs[0].Exp(), (_, _, _) => [])([x]).Sum())(Two) },
        { "CustomJvp: the tangent is float32[3], the value float32[2]. Return it in the value's shape and dtype.", () => Transform.Jvp(Transform.CustomJvp(t => t.Exp(), (_, _, _) => Three), Two, Two) },
        { "CustomGradient: the function captures float32[2], of which a gradient may be asked that the rule does not give. Pass it as an argument, or capture it with StopGradient().", () => Transform.Gradient(x => Transform.CustomGradient(t => t * x, (_, _, dy) => dy)(Two).Sum())(Two) },
        { "CustomGradient: the function captures the variable 'scale', of which a gradient may be asked that the rule does not give. Pass it as an argument, or capture it with StopGradient().", () => Transform.CustomGradient(t => t * Variable(), (_, _, dy) => dy)(Two) },
        { "CustomGradient: result 1 is int64. Only floating results have derivatives; return it from another function.", () => Transform.CustomGradient(xs => [xs[0], xs[0].ArgMax(0)], (_, _, dys) => [dys[0]])([Two]) },
        { "CustomJvp: the rule gave 1 tangents for 2 results. Return one for each.", () => Transform.Jvp((Tensor[] xs) => Transform.CustomJvp(ts => [ts[0], ts[0]], (_, _, dts) => [dts[0]])(xs), [Two], [Two]) },
        { "CustomJvp: tangent 0 is float32[3], the value float32[2]. Return it in the value's shape and dtype.", () => Transform.Jvp((Tensor[] xs) => Transform.CustomJvp(ts => [ts[0].Exp()], (_, _, _) => [Three])(xs), [Two], [Two]) },
        { "GradientCheck: the function gives float32 for float64 arguments. Let it keep their dtype: differences need the digits.", () => GradientCheck.Run(x => x.To(DType.Float32), Two) },
        { "GradientCheck: no argument is floating. Give at least one float32 or float64 tensor.", () => GradientCheck.Run(x => x, Tensor.Arange(2)) },
        { "GradientCheck: order 3 is not checked. Ask for 1 or 2. (Parameter 'order')", () => GradientCheck.Run(x => x, Two, order: 3) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_use_says_what_to_do(string message, Action use) => Assert.Equal(message, Assert.ThrowsAny<Exception>(use).Message);

    [Fact]
    public void A_wrong_gradient_is_reported_with_both_slopes()
    {
        Func<Tensor, Tensor> wrong = Transform.CustomGradient(x => x * x, (x, _, dy) => dy * x * 1.99);
        GradientReport report = GradientCheck.Run(wrong, Two);
        Assert.False(report.IsRight);
        Assert.Equal(0.005, Math.Abs(report.Found / report.Expected) - 0.99, 0.006);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(report.ThrowIfWrong);
        Assert.Matches(@"^GradientCheck: order \d, direction \d: the slope by finite differences is \S+, by the gradient \S+; they differ by \S+, the tolerance is \S+\. Correct the vjp, or move the point away from a kink\.$", error.Message);
    }

    [Fact]
    public void A_gradient_that_is_wrong_only_in_the_second_order_is_found()
    {
        Func<Tensor, Tensor> wrong = Transform.CustomGradient(x => x * x, (x, _, dy) => dy * x.StopGradient() * 2);
        Assert.True(GradientCheck.Run(wrong, Two, order: 1).IsRight);
        GradientReport report = GradientCheck.Run(wrong, Two);
        Assert.Equal((false, 2, 0.0), (report.IsRight, report.Order, report.Found));
    }

    [Fact]
    public void A_custom_gradient_replaces_that_of_the_function()
    {
        Func<Tensor, Tensor> clipped = Transform.CustomGradient(x => x * x, (x, _, dy) => Tensor.Minimum(dy * x * 2, Tensor.Scalar(3)));
        Assert.Equal([2f, 3f], Transform.Gradient(x => clipped(x).Sum())(Two).ToArray<float>());
        Assert.Equal([1f, 4f], clipped(Two).ToArray<float>());
    }

    static unsafe Tensor Variable()
    {
        var variable = new Variable(new Shape(2), DType.Float32, "scale", snapshots: false);
        variable.Set(Storage.Allocate(8));
        return new Tensor(variable.Leaf);
    }
}
