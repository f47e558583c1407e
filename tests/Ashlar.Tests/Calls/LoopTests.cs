using Ashlar.Ir;
using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Calls;

public sealed class LoopTests
{
    static readonly Tensor Inputs = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(7, 4, 3), -1, 1);
    static readonly Tensor Start = Tensor.RandomUniform(RandomKey.FromSeed(2), new Shape(4, 5), -1, 1);
    static readonly Tensor InWeights = Tensor.RandomUniform(RandomKey.FromSeed(3), new Shape(3, 5), -1, 1);
    static readonly Tensor StateWeights = Tensor.RandomUniform(RandomKey.FromSeed(4), new Shape(5, 5), -1, 1);

    static readonly Tensor[] Wide =
    [
        Tensor.RandomUniform(RandomKey.FromSeed(5), new Shape(7, 4, 21), -1, 1), Tensor.RandomUniform(RandomKey.FromSeed(6), new Shape(4, 24), -1, 1),
        Tensor.RandomUniform(RandomKey.FromSeed(7), new Shape(21, 24), -0.3, 0.3), Tensor.RandomUniform(RandomKey.FromSeed(8), new Shape(24, 24), -0.3, 0.3),
    ];

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    [Theory, MemberData(nameof(Executions))]
    public void A_recurrent_network_has_the_bits_of_the_unrolled_loop(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        (Tensor last, Tensor outputs) = Recur(Inputs, Start, InWeights, StateWeights);
        (Tensor unrolledLast, Tensor unrolledOutputs) = Unrolled(Inputs, Start, InWeights, StateWeights);
        Tensor.Eval(last, outputs);
        Assert.True(Bits.Hash(last, outputs) == Bits.Hash(unrolledLast, unrolledOutputs), name);
    }

    // Steps so wide that the loop forwards keeps their products, and others.
    [Theory, MemberData(nameof(Executions))]
    public void Gradients_of_inputs_and_start_have_the_bits_of_the_unrolled_loop(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        foreach (Tensor[] at in (Tensor[][])[[Inputs, Start, InWeights, StateWeights], Wide])
        {
            Assert.True(Bits.Hash(Gradients(Unrolled, at).AsSpan(0, 2)) == Bits.Hash(Gradients(Recur, at).AsSpan(0, 2)), name);
        }
    }

    // What the products of the steps add to is what one product adds to that reads the steps one behind the other.
    [Theory, MemberData(nameof(Executions))]
    public void Gradients_of_weights_have_the_bits_of_one_product_over_all_steps(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        foreach (Tensor[] at in (Tensor[][])[[Inputs, Start, InWeights, StateWeights], Wide])
        {
            (int steps, int hidden) = (at[0].Shape[0], at[1].Shape[1]);
            Tensor sums = Transform.Gradient((Tensor probe) => Objective(Recur(at[0], at[1], at[2], at[3], probe)))(Tensor.Zeros(new Shape(steps, 4, hidden)));
            (_, Tensor outputs) = Recur(at[0], at[1], at[2], at[3]);
            Tensor states = Tensor.Concat([at[1].Reshape(1, 4, hidden), outputs.Slice(0, 0, steps - 1)], 0);
            Tensor flat = sums.Reshape(-1, hidden);
            Tensor[] expected = [at[0].Reshape(-1, at[0].Shape[2]).T.MatMul(flat), states.Reshape(-1, hidden).T.MatMul(flat)];
            Assert.True(Bits.Hash(expected) == Bits.Hash(Gradients(Recur, at).AsSpan(2)), name);
        }
    }

    [Fact]
    public void What_a_loop_captured_may_be_read_before_the_loop_runs()
    {
        Tensor range = Tensor.Arange(3);
        (Tensor sum, _) = Control.Loop(range, Tensor.Zeros(new Shape(2, 3), DType.Int32), (state, _) => (state + range, state));
        Assert.Equal([0, 1, 2], range.ToArray<int>());
        Assert.Equal([0, 3, 6], sum.ToArray<int>());
    }

    [Fact]
    public void A_loop_whose_gradient_keeps_products_runs_forwards_once()
    {
        (Tensor value, Tensor[] gradients) = Transform.ValueAndGradient((Tensor[] xs) => Objective(Recur(xs[0], xs[1], xs[2], xs[3])))(Wide);
        string plan = Evaluator.Explain([value.Node, .. gradients.Select(gradient => gradient.Node)], []);
        Assert.Equal(2, plan.Split("Library over").Length - 1);
        Assert.Equal(2, plan.Split("Loop(").Select(part => part.Split(" result ")[0]).Skip(1).Distinct().Count());
    }

    [Fact]
    public void The_reference_gives_the_same_bits()
    {
        string Hash(Executor executor)
        {
            using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
            return Bits.Hash(Transform.Gradient((Tensor[] xs) =>
            {
                (Tensor last, Tensor outputs) = Recur(xs[0], xs[1], xs[2], xs[3]);
                return (last * last).Sum() + outputs.Exp().Sum();
            })([Inputs, Start, InWeights, StateWeights]));
        }

        Assert.Equal(Hash(Executor.Reference), Hash(Executor.Compiled));
    }

    [Fact]
    public void Ten_thousand_steps_are_one_launch_and_one_plan()
    {
        Tensor Run(int steps) => Control.Loop(steps, Tensor.Scalar(1, DType.Float64), (i, x) => (x * 1.0001) + (i.To(DType.Float64) * 1e-9));
        Tensor loop = Run(10_000);
        Assert.True(GraphWalk.PostOrder([loop.Node], _ => true).Count < 10);
        Assert.Contains("plan: 2 launches", loop.Explain(), StringComparison.Ordinal);
        double expected = 1;
        for (int i = 0; i < 10_000; i++)
        {
            expected = (expected * 1.0001) + (i * 1e-9);
        }

        Assert.Equal(expected, loop.Item<double>());
    }

    [Fact]
    public void Carries_and_outputs_of_several_dtypes_go_forwards_and_backwards()
    {
        Tensor xs = Tensor.From([1.5f, -2f, 4f], 3);
        foreach (bool reverse in (bool[])[false, true])
        {
            (Tensor[] carries, Tensor[] outputs) = Control.Loop([Tensor.Scalar(0), Tensor.From([10], [])], [xs], (state, slices) =>
                ([state[0] + slices[0], state[1] + 1], [slices[0] > 0, state[1], state[0]]), reverse: reverse);
            Tensor.Eval([.. carries, .. outputs]);
            Assert.Equal(3.5f, carries[0].Item<float>());
            Assert.Equal(13, carries[1].Item<int>());
            Assert.Equal([true, false, true], outputs[0].ToArray<bool>());
            Assert.Equal(reverse ? [12, 11, 10] : [10, 11, 12], outputs[1].ToArray<int>());
            Assert.Equal(reverse ? [2f, 4, 0] : [0f, 1.5f, -0.5f], outputs[2].ToArray<float>());
        }
    }

    [Fact]
    public void A_loop_without_steps_gives_its_carries_back()
    {
        (Tensor carry, Tensor output) = Control.Loop(Tensor.Scalar(5), Tensor.Zeros(new Shape(0, 2)), (state, x) => (state + x.Sum(), x * 2));
        Assert.Equal(5, carry.Item<float>());
        Assert.Equal(new Shape(0, 2), output.Shape);
        Assert.Equal(1, Transform.Gradient(x => Control.Loop(0, x, (_, y) => y * 2))(Tensor.Scalar(3)).Item<float>());
        Assert.Empty(output.ToArray<float>());
    }

    [Fact]
    public void Derivatives_of_both_orders_agree_with_finite_differences() => GradientCheck.Run(
        (Tensor[] xs) =>
        {
            (Tensor carry, Tensor outputs) = Control.Loop(xs[0], xs[1], (state, x) => ((state * xs[2]).Sin() + x, state * x));
            return carry.Sum() + (outputs * outputs).Sum();
        },
        [Tensor.From([0.3, -0.2], 2), Tensor.From([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3, 2), Tensor.From([1.1, 0.9], 2)]).ThrowIfWrong();

    [Fact]
    public void Forward_and_reverse_mode_agree_and_batches_have_the_bits_of_a_loop()
    {
        Tensor w = Tensor.From([0.5, -1.0], 2);
        Func<Tensor, Tensor> f = x => Control.Loop(x, Tensor.From([1.0, 2, 3], 3), (state, s) => ((state * w * s).Tanh(), state)).Carry * x;
        Tensor at = Tensor.From([0.7, 0.2], 2);
        double[] forward = Transform.Jacobian(f, DerivativeMode.Forward)(at).ToArray<double>();
        double[] reverse = Transform.Jacobian(f, DerivativeMode.Reverse)(at).ToArray<double>();
        Assert.All(forward.Zip(reverse), pair => Assert.Equal(pair.First, pair.Second, 1e-14));

        Tensor batch = Tensor.RandomUniform(RandomKey.FromSeed(5), new Shape(3, 2), -1, 1, DType.Float64);
        Tensor[] rows = [.. Enumerable.Range(0, 3).Select(i => batch.Slice(0, i, 1).Reshape(2))];
        foreach (Func<Tensor, Tensor> g in (Func<Tensor, Tensor>[])[f, Transform.Jacobian(f, DerivativeMode.Reverse), Transform.Jacobian(f, DerivativeMode.Forward)])
        {
            Assert.Equal(rows.SelectMany(row => Bits.Of(g(row))), Bits.Of(Transform.Vmap(g)(batch)));
        }
    }

    [Fact]
    public void Loops_nest()
    {
        Tensor Powers(Tensor x) => Control.Loop(3, x, (i, outer) => outer + Control.Loop(2, outer, (j, inner) => inner * x * (i + j + 1).To(DType.Float64)));
        Tensor Plain(Tensor x)
        {
            Tensor outer = x;
            for (int i = 0; i < 3; i++)
            {
                Tensor inner = outer;
                for (int j = 0; j < 2; j++)
                {
                    inner = inner * x * (double)(i + j + 1);
                }

                outer += inner;
            }

            return outer;
        }

        Tensor at = Tensor.Scalar(0.7, DType.Float64);
        Assert.Equal(Plain(at).Item<double>(), Powers(at).Item<double>());
        Assert.Equal(Transform.Gradient(Plain)(at).Item<double>(), Transform.Gradient(Powers)(at).Item<double>(), 1e-13);
        Assert.Equal(Transform.Hessian(Plain)(at).Item<double>(), Transform.Hessian(Powers)(at).Item<double>(), 1e-11);
    }

    [Fact]
    public void A_checkpoint_of_a_body_changes_no_bit()
    {
        Tensor Run(Tensor x, bool checkpoint)
        {
            Func<Tensor, Tensor> step = t => (t * t).Sin().Exp();
            step = checkpoint ? Transform.Checkpoint(step) : step;
            return Control.Loop(4, x, (_, t) => step(t)).Sum();
        }

        Tensor at = Tensor.From([0.3f, 0.8f], 2);
        Assert.Equal(Transform.Gradient(x => Run(x, false))(at).ToArray<float>(), Transform.Gradient(x => Run(x, true))(at).ToArray<float>());
    }

    [Fact]
    public void What_the_body_captures_is_computed_once_and_a_number_stays_a_number()
    {
        Tensor x = Tensor.From([1f, 2f], 2);
        Tensor loop = Control.Loop(3, x, (_, t) => (t * 0.5) + x.Exp());
        Assert.Contains("Exp(slot", loop.Explain(), StringComparison.Ordinal);
        Assert.Contains(loop.Node.Inputs.ToArray(), input => input.Shape.Size == 1 && input.Type == DType.Float32);
        float e = x.Exp().ToArray<float>()[0];
        Assert.Equal((((((1 * 0.5f) + e) * 0.5f) + e) * 0.5f) + e, loop.ToArray<float>()[0]);
    }

    [Fact]
    public void Wrong_loops_say_what_to_do()
    {
        Tensor x = Tensor.From([1f, 2f], 2);
        Assert.Equal("Loop: carry 0 enters a step as float32[2] and leaves it as float32[]. Keep shape and dtype: cast in the body, or begin with the larger one.",
            Assert.Throws<ShapeException>(() => Control.Loop(2, x, (_, t) => t.Sum())).Message);
        Assert.Equal("Loop: the body returns 0 carries for 1. Return the next value of each.",
            Assert.Throws<ArgumentException>(() => Control.Loop([x], [x], (_, _) => ([], []))).Message);
        Assert.Equal("Loop: neither inputs nor a count say how many steps to run. Give one of them.",
            Assert.Throws<ArgumentException>(() => Control.Loop([x], [], (state, _) => (state, []))).Message);
        Assert.Equal("Loop: input 1 is [3], the loop has 2 steps. Give the inputs one slice for each step along axis 0; capture in the body what is the same for all.",
            Assert.Throws<ShapeException>(() => Control.Loop([x], [x, Tensor.Zeros(new Shape(3))], (state, _) => (state, []))).Message);
        Assert.Equal(
            "Evaluate: a value was read inside a function that is recorded for many runs of it, as in Vmap, Control.Loop, Control.While or Control.Cond, where it stands for all of them and has no value yet. " +
            "Return it from the function, or choose between values with Where.",
            Assert.Throws<InvalidOperationException>(() => Control.Loop(2, x, (_, t) => t.Sum().Item<float>() > 0 ? t : -t)).Message);
    }

    static Tensor[] Gradients(Func<Tensor, Tensor, Tensor, Tensor, (Tensor Last, Tensor Outputs)> net, Tensor[] at) =>
        Transform.Gradient((Tensor[] xs) => Objective(net(xs[0], xs[1], xs[2], xs[3])))(at);

    static Tensor Objective((Tensor Last, Tensor Outputs) run) => (run.Last * run.Last).Sum();

    static (Tensor Last, Tensor Outputs) Recur(Tensor xs, Tensor h, Tensor u, Tensor w) => Control.Loop(h, xs, (state, x) =>
    {
        Tensor next = (state.MatMul(w) + x.MatMul(u)).Tanh();
        return (next, next);
    });

    // The gradient of the probe is the gradient of what goes into each step's tanh.
    static (Tensor Last, Tensor Outputs) Recur(Tensor xs, Tensor h, Tensor u, Tensor w, Tensor probe)
    {
        (Tensor[] last, Tensor[] outputs) = Control.Loop([h], [xs, probe], (state, slices) =>
        {
            Tensor next = (state[0].MatMul(w) + slices[0].MatMul(u) + slices[1]).Tanh();
            return ([next], [next]);
        });
        return (last[0], outputs[0]);
    }

    static (Tensor Last, Tensor Outputs) Unrolled(Tensor xs, Tensor h, Tensor u, Tensor w)
    {
        var outputs = new List<Tensor>();
        for (int i = 0; i < xs.Shape[0]; i++)
        {
            h = (h.MatMul(w) + xs.Slice(0, i, 1).Reshape(4, xs.Shape[2]).MatMul(u)).Tanh();
            outputs.Add(h.Reshape(1, 4, h.Shape[1]));
        }

        return (h, Tensor.Concat([.. outputs], 0));
    }
}
