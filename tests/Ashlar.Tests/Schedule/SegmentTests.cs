using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class SegmentTests : IDisposable
{
    readonly IDisposable _reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });

    public void Dispose() => _reference.Dispose();

    [Fact]
    public void A_loss_read_before_the_step_can_be_stepped_on()
    {
        Variable w = Weight("w", 2);
        for (int i = 0; i < 3; i++)
        {
            Tensor loss = Square(w);
            float read = loss.Item<float>();
            Step(loss, w);
            Assert.Equal(read, loss.Item<float>());
        }

        Assert.Equal(2 * 0.5f * 0.5f * 0.5f, Value(w));
    }

    [Fact]
    public void A_loss_read_after_the_step_has_the_value_from_before_it()
    {
        Variable w = Weight("w", 2);
        Tensor loss = Square(w);
        Step(loss, w);
        Assert.Equal(4, loss.Item<float>());
        Assert.Equal(1, Value(w));
    }

    [Fact]
    public void Logits_never_read_before_the_step_have_the_values_from_before_it()
    {
        Variable w = Weight("w", 2);
        Tensor logits = Of(w) * 3;
        Tensor loss = logits * logits;
        Step(loss, w);
        Assert.Equal(6, logits.Item<float>());
    }

    [Fact]
    public void Losses_of_micro_batches_add_up_before_one_step()
    {
        Variable w = Weight("w", 2);
        Tensor total = Tensor.Zeros(Shape.Scalar);
        for (int i = 1; i <= 4; i++)
        {
            Tensor loss = Of(w) * i;
            Assert.Equal(2f * i, loss.Item<float>());
            total += loss;
        }

        Step(total, w);
        Assert.Equal(2 - (0.25f * 10), Value(w));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_gradient_stops_at_state_carried_over_a_step(bool reads)
    {
        Variable w = Weight("w", 1);
        Tensor state = Tensor.Scalar(1);
        float plainW = 1;
        float plainState = 1;
        for (int i = 0; i < 4; i++)
        {
            state = (state * 0.5) + Of(w);
            if (reads)
            {
                state.Item<float>();
            }

            Step(state * state, w);
            plainState = (plainState * 0.5f) + plainW;
            plainW -= 0.25f * (2 * plainState);
            Assert.Equal(plainW, Value(w));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void State_carried_over_steps_does_not_keep_the_past(bool reads)
    {
        Variable w = Weight("w", 1);
        (Tensor state, WeakReference<Node>[] past) = Carry(w, steps: 6, reads);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(past[..4], old => Assert.False(old.TryGetTarget(out _)));
        GC.KeepAlive(state);
    }

    [Fact]
    public void An_evaluation_loop_reads_without_steps()
    {
        Variable w = Weight("w", 3);
        double total = 0;
        for (int i = 0; i < 50; i++)
        {
            total += (Of(w) * i).Item<float>();
        }

        Assert.Equal(3 * 1225, total);
    }

    [Fact]
    public void An_evaluation_loop_without_gradients_keeps_no_past()
    {
        Variable w = Weight("w", 0.5f);
        using Node.NoGradientScope scope = Transform.NoGradient();
        Tensor state = Tensor.Scalar(1);
        for (int i = 0; i < 10; i++)
        {
            state = (state * 0.5) + Of(w);
            state.Item<float>();
            Assert.Equal(0, state.Node.Inputs.Length);
        }
    }

    [Fact]
    public void A_simulation_of_20000_steps_that_never_reads_stays_within_the_depth_budget()
    {
        Tensor x = Tensor.Scalar(0);
        WeakReference<Node>? early = null;
        for (int i = 0; i < 20_000; i++)
        {
            x += 1;
            Assert.InRange(x.Node.PendingDepth, 0, 5_000);
            early ??= i == 100 ? new WeakReference<Node>(x.Node) : null;
        }

        GC.Collect();
        Assert.False(early!.TryGetTarget(out _));
        Assert.Equal(20_000, x.Item<float>());
    }

    [Fact]
    public void Stepping_twice_on_one_recorded_loss_names_the_ways_out()
    {
        Variable w = Weight("weight", 2);
        Tensor loss = Square(w);
        Step(loss, w);
        var error = Assert.Throws<InvalidOperationException>(() => Step(loss, w));
        Assert.Equal("Gradient: the output was recorded before the last update of 'weight', and that segment is sealed. " +
            "Record it again after the step, mark values carried over with StopGradient, or use Transform.Gradient for gradients without variables.", error.Message);
    }

    [Fact]
    public void Stepping_one_of_two_models_does_not_seal_the_other()
    {
        Variable maker = Weight("maker", 2);
        Variable judge = Weight("judge", 3);
        for (int i = 0; i < 3; i++)
        {
            (float m, float j) = (Value(maker), Value(judge));
            Tensor made = Of(maker) * 2;
            Tensor judgeLoss = Of(judge) * made * 0.5;
            Tensor makerLoss = Of(judge) * made * -0.25;
            Step(judgeLoss, judge);
            Step(makerLoss, maker);
            Assert.Equal(j - (0.25f * m), Value(judge));
            Assert.Equal(m + (0.25f * 0.5f * j), Value(maker));
        }
    }

    [Fact]
    public void A_value_recorded_two_updates_ago_is_refused_naming_Keep()
    {
        Variable w = Weight("weight", 2);
        Tensor old = Of(w) * 3;
        Step(Square(w), w);
        Step(Square(w), w);
        var error = Assert.Throws<InvalidOperationException>(() => old.Item<float>());
        Assert.Equal("Evaluate: this value was recorded with an earlier value of 'weight', which updates have overwritten since. " +
            "Read it before the second update that follows, or call Keep() on it before the first.", error.Message);
    }

    [Fact]
    public void A_kept_value_on_the_way_to_the_loss_can_be_read_any_time()
    {
        Variable w = Weight("w", 2);
        Tensor kept = (Of(w) * 3).Keep();
        Step(kept * kept, w);
        Step(Square(w), w);
        Step(Square(w), w);
        Assert.Equal(6, kept.Item<float>());
    }

    [Fact]
    public void The_leaf_of_a_value_two_updates_ago_is_refused()
    {
        Variable w = Weight("weight", 2);
        Tensor old = Of(w);
        Step(Square(w), w);
        Assert.Equal(2, old.Item<float>());
        Step(Square(w), w);
        Assert.Throws<InvalidOperationException>(() => old.Item<float>());
    }

    [Fact]
    public void An_assignment_reads_all_values_from_before()
    {
        Variable a = Weight("a", 1);
        Variable b = Weight("b", 2);
        Evaluator.Assign([], [new Assignment(a, b.Leaf), new Assignment(b, a.Leaf)]);
        Assert.Equal((2f, 1f), (Value(a), Value(b)));
    }

    [Fact]
    public void A_variable_without_snapshots_takes_its_first_value_by_assignment_and_updates_in_place()
    {
        var moment = new Variable(Shape.Scalar, DType.Float32, "moment", snapshots: false);
        Evaluator.Assign([], [new Assignment(moment, Tensor.Scalar(1).Node)]);
        for (int i = 0; i < 3; i++)
        {
            Evaluator.Assign([], [new Assignment(moment, (Of(moment) * 2).Node)]);
        }

        Assert.Equal(8, Value(moment));
    }

    [Fact]
    public void An_assignment_of_another_shape_is_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Evaluator.Assign([], [new Assignment(Weight("w", 1), Tensor.Zeros(new Shape(2)).Node)]));
        Assert.Equal("Assign: variable 'w' is float32[], the value float32[2]. Give a value of the variable's shape and dtype.", error.Message);
    }

    [Fact]
    public void A_variable_without_a_value_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Variable(Shape.Scalar, DType.Float32, "w", snapshots: true).Leaf);
        Assert.Equal("Variable 'w': it has no value yet. Assign one first.", error.Message);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static (Tensor State, WeakReference<Node>[] Past) Carry(Variable w, int steps, bool reads)
    {
        Tensor state = Tensor.Scalar(1);
        var past = new WeakReference<Node>[steps];
        for (int i = 0; i < steps; i++)
        {
            state = (state * 0.5) + Of(w);
            past[i] = new WeakReference<Node>(state.Node);
            if (reads)
            {
                state.Item<float>();
            }

            Step(state * state, w);
        }

        return (state, past);
    }

    static Variable Weight(string name, float value)
    {
        var variable = new Variable(Shape.Scalar, DType.Float32, name, snapshots: true);
        Evaluator.Assign([], [new Assignment(variable, Tensor.Scalar(value).Node)]);
        return variable;
    }

    static Tensor Of(Variable variable) => new(variable.Leaf);

    static Tensor Square(Variable variable) => Of(variable) * Of(variable);

    static float Value(Variable variable) => Of(variable).Item<float>();

    // w ← w - ¼ · gradient: exact in these numbers.
    static void Step(Tensor loss, Variable w)
    {
        Node gradient = Gradients.Of(loss.Node, [w.Leaf])[0];
        Evaluator.Assign([loss.Node], [new Assignment(w, (Of(w) - (new Tensor(gradient) * 0.25)).Node)]);
    }
}
