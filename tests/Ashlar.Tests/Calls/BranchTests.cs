using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Calls;

public sealed class BranchTests
{
    static readonly Tensor At = Tensor.From([0.3, -1.2], 2);

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    [Theory, MemberData(nameof(Executions))]
    public void A_branch_runs_one_of_its_functions(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        foreach (double shift in (double[])[-5, 5])
        {
            Tensor x = At + shift;
            Tensor[] results = Control.Cond(x.Sum() > 0, [x], xs => [xs[0].Exp(), xs[0] > 1], xs => [xs[0] * 2, xs[0] < 1]);
            Tensor.Eval(results);
            Assert.True(Bits.Hash(shift > 0 ? x.Exp() : x * 2) == Bits.Hash(results[0]), name);
            Assert.Equal([true, true], results[1].ToArray<bool>());
        }
    }

    [Fact]
    public void The_other_branch_is_not_computed()
    {
        int runs = 0;
        var counted = new CustomCall("counted", (shapes, types) => (shapes[0], types[0]), arguments =>
        {
            runs++;
            arguments.Input<double>(0).CopyTo(arguments.Result<double>());
        });
        Func<Tensor, Tensor> f = x => Control.Cond(x.Sum() > 0, x, t => counted.Invoke(t), t => t);
        Assert.Equal(At.ToArray<double>(), f(At).ToArray<double>());
        Assert.Equal(0, runs);
        Assert.Equal([10.0], f(Tensor.From([10.0], 1)).ToArray<double>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public void Derivatives_are_those_of_the_branch_that_runs()
    {
        Func<Tensor, Tensor> f = x => Control.Cond(x.Sum() > 0, x, t => t * t * x, t => t.Sin() * x.Exp()).Sum();
        GradientCheck.Run(f, At).ThrowIfWrong();
        GradientCheck.Run(f, At + 4).ThrowIfWrong();
        Assert.Equal(Transform.Gradient(x => (x.Sin() * x.Exp()).Sum())(At).ToArray<double>(), Transform.Gradient(f)(At).ToArray<double>());
        Assert.Equal(Transform.Jvp(f, At, At).Tangent.Item<double>(), (Transform.Gradient(f)(At) * At).Sum().Item<double>(), 1e-13);
    }

    [Fact]
    public void A_batch_of_predicates_gives_each_example_its_own_branch()
    {
        Func<Tensor, Tensor> f = x => Control.Cond(x.Sum() > 0, x, t => t.Exp(), t => t * 2);
        Tensor batch = Tensor.From([1.0, 2, -3, -4], 2, 2);
        Tensor[] rows = [.. Enumerable.Range(0, 2).Select(i => batch.Slice(0, i, 1).Reshape(2))];
        foreach (Func<Tensor, Tensor> g in (Func<Tensor, Tensor>[])[f, Transform.Gradient(x => f(x).Sum()), x => Transform.Jvp(f, x, x).Tangent])
        {
            Assert.Equal(rows.SelectMany(row => Bits.Of(g(row))), Bits.Of(Transform.Vmap(g)(batch)));
        }

        Tensor one = At.Sum() > 0;
        Assert.Equal((batch * 2).ToArray<double>(), Transform.Vmap(x => Control.Cond(one, x, t => t.Exp(), t => t * 2))(batch).ToArray<double>());
    }

    [Theory, MemberData(nameof(Executions))]
    public void A_loop_runs_while_its_condition_holds(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        Tensor limit = Tensor.Scalar(1000, DType.Float64);
        Tensor[] results = Control.While([Tensor.Scalar(1, DType.Float64), Tensor.From([0], [])], xs => xs[0] < limit, xs => [xs[0] * 3, xs[1] + 1]);
        Tensor.Eval(results);
        Assert.True(results[0].Item<double>() == 2187 && results[1].Item<int>() == 7, name);
        Assert.Equal(5000, Control.While(Tensor.Scalar(5000, DType.Float64), x => x < limit, x => x * 3).Item<double>());
    }

    [Fact]
    public void The_reference_runs_branches_and_loops()
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        Assert.Equal(2187, Control.While(Tensor.Scalar(1), x => x < 1000, x => x * 3).Item<float>());
        Assert.Equal(-6, Control.Cond(Tensor.Scalar(1) < 0, Tensor.Scalar(3), x => x, x => x * -2).Item<float>());
    }

    [Fact]
    public void Examples_of_a_batch_stop_when_they_are_done()
    {
        Func<Tensor, Tensor> f = x => Control.While(x, t => t.Sum() < 100, t => (t * t) + 1);
        Tensor batch = Tensor.From([1.0, 5, 200, 0], 4, 1);
        Assert.Equal([677.0, 677, 200, 677], Transform.Vmap(f)(batch).ToArray<double>());
    }

    [Fact]
    public void Forward_mode_passes_a_loop_with_a_condition_and_a_gradient_names_the_way_out()
    {
        Func<Tensor, Tensor> f = x => Control.While(x, t => t < 100, t => t * t * x);
        Tensor two = Tensor.Scalar(2, DType.Float64);

        // 2, 8, 128: x⁷, whose derivative at 2 is 448.
        Assert.Equal(128, f(two).Item<double>());
        Assert.Equal(448, Transform.Jvp(f, two, Tensor.Scalar(1, DType.Float64)).Tangent.Item<double>());
        Assert.Equal(448, Transform.Jacobian(f, DerivativeMode.Forward)(two).Item<double>());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Transform.Gradient(f)(two));
        Assert.Equal(
            "While: no gradient passes backwards, since the number of steps is not known before it ran. Use Control.Loop with a fixed number of steps, forward mode (Transform.Jvp), or StopGradient() on the result.",
            error.Message);
    }

    [Fact]
    public void Wrong_branches_and_conditions_say_what_to_do()
    {
        Assert.Equal("Cond: the predicate is bool[2]. Give one bool []; use Where to choose element by element.",
            Assert.Throws<ShapeException>(() => Control.Cond(At > 0, At, x => x, x => x)).Message);
        Assert.Equal("Cond: result 0 is float64[2] in one branch and float64[] in the other. Make shape and dtype equal.",
            Assert.Throws<ShapeException>(() => Control.Cond(At.Sum() > 0, At, x => x, x => x.Sum())).Message);
        Assert.Equal("Cond: one branch returns 1 values, the other 0. Return the same from both.",
            Assert.Throws<ArgumentException>(() => Control.Cond(At.Sum() > 0, [At], xs => [xs[0]], _ => [])).Message);
        Assert.Equal("While: the condition is bool[2]. Return one bool [], such as a comparison of single numbers.",
            Assert.Throws<ShapeException>(() => Control.While(At, x => x > 0, x => x)).Message);
        Assert.Equal("While: carry 0 enters a step as float64[2] and leaves it as float32[2]. Keep shape and dtype: cast in the body, or begin with the larger one.",
            Assert.Throws<ShapeException>(() => Control.While(At, x => x.Sum() > 0, x => x.To(DType.Float32))).Message);
    }
}
