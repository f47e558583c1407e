using Ashlar.Ir;
using Ashlar.Schedule;
using static Ashlar.Tests.Schedule.LaunchBits;

namespace Ashlar.Tests.Schedule;

/// <summary>Reductions that keep the same axes, with the maps that read them, slice by slice, against the scalar definitions.</summary>
public sealed class SliceLaunchTests
{
    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    // Slices that fill no vector, one block and several, one slice a chunk and many.
    [Theory, MemberData(nameof(Executions))]
    public void A_norm_by_channels_and_its_gradients_have_the_bits_of_their_parts(string name, ExecutionOptions options)
    {
        foreach (int[] shape in (int[][])[[3, 16, 5, 5], [2, 17, 40], [1, 40, 33], [2, 16, 131, 17]])
        {
            Require($"{name}, {string.Join('x', shape)}", options, () => Gradients(shape));
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Several_kept_axes_and_other_kinds_and_dtypes_are_slices_too(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor x = Value(1, 3, 5, 6, 70);
        Tensor most = x.Max([0, 3], keepAxes: true);
        Tensor doubles = x.To(DType.Float64);
        Tensor centred = doubles - doubles.Mean([0, 3], keepAxes: true);
        Tensor whole = (x * 1000).To(DType.Int32);
        return [x - most, (x - most).Exp().Sum([0, 3]), centred, (centred * centred).Sum([0, 3]), whole - whole.Min([0, 3], keepAxes: true), most.Prod([0, 3])];
    });

    // What reads other slices, or values that another launch must have given first, stays apart.
    [Theory, MemberData(nameof(Executions))]
    public void What_reads_beyond_its_slice_waits_for_all(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor x = Value(1, 4, 20, 50);
        Tensor sums = x.Sum([0, 2]);
        Tensor turned = x * sums.Flip(0).Reshape(1, 20, 1);
        Tensor all = x - x.Sum();
        Tensor again = x * (all * turned).Sum([0, 2], keepAxes: true);
        Tensor late = x + again.MatMul(Value(2, 50, 50)).Sum([0, 2], keepAxes: true);
        return [sums, turned, turned.Sum([0, 2]), again, late, late.Sum([0, 2])];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Statistics_that_follow_the_batches_are_assigned(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        var running = new Variable(new Shape(16), DType.Float32, "running", snapshots: false);
        Evaluator.Assign([], [new Assignment(running, Value(2, 16).Node)]);
        Tensor x = Value(1, 4, 16, 40);
        Tensor y = x;
        for (int step = 0; step < 3; step++)
        {
            Tensor mean = x.Mean([0, 2]);
            y = x - mean.Reshape(1, 16, 1);
            Evaluator.Assign([y.Node], [new Assignment(running, ((new Tensor(running.Leaf) * 0.9) + (mean * 0.1)).Node)]);
        }

        return [y, new Tensor(running.Leaf)];
    });

    // So large that the results are written past the caches.
    [Fact]
    public void Large_slices_have_the_bits_of_the_interpreter()
    {
        string expected = Hash(new ExecutionOptions { Executor = Executor.Interpreter, Threads = 2 }, () => Gradients(4, 16, 32_784 + 16));
        Assert.Equal(expected, Hash(new ExecutionOptions { Threads = 3 }, () => Gradients(4, 16, 32_784 + 16)));
    }

    [Fact]
    public void A_norm_by_channels_with_all_its_gradients_is_one_launch()
    {
        string plan = Evaluator.Explain([.. Gradients(8, 16, 13, 13).Select(result => result.Node)], []);
        Assert.Contains("plan: 1 launches", plan, StringComparison.Ordinal);
        Assert.Contains("8 passes over each slice", plan, StringComparison.Ordinal);
    }

    static Tensor[] Gradients(params int[] shape)
    {
        Tensor cotangent = Value(4, shape);
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(Norm, [Value(1, shape), Value(2, shape[1]), Value(3, shape[1])]);
        return [.. values, .. pullback([cotangent])];
    }

    static Tensor[] Norm(Tensor[] x)
    {
        int[] axes = [.. Enumerable.Range(0, x[0].Rank).Where(axis => axis != 1)];
        int[] along = [.. Enumerable.Range(0, x[0].Rank).Select(axis => axis == 1 ? x[0].Shape[1] : 1)];
        Tensor scale = (x[0].Var(axes) + 1e-5).Rsqrt().Reshape(along);
        return [((x[0] - x[0].Mean(axes).Reshape(along)) * scale * x[1].Reshape(along)) + x[2].Reshape(along)];
    }
}
