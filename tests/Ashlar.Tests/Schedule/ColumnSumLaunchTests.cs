using Ashlar.Ir;
using Ashlar.Schedule;
using static Ashlar.Tests.Schedule.LaunchBits;

namespace Ashlar.Tests.Schedule;

/// <summary>Reductions over rows that a launch of rows carries along, against the scalar definitions.</summary>
public sealed class ColumnSumLaunchTests
{
    // The scalar definitions take a while over so many rows: once for all executions.
    static readonly Lazy<string> ManyRows = new(() => Hash(Definitions, () => Gradients(4_200, 256)));
    static readonly Lazy<string> ManyExponentials = new(() => Hash(Definitions, () => [Softmax(Value(1, 1_030, 256))]));

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    // Fewer rows than lanes, lanes with one row and with two, chunks with a part of their rows; columns that fill no vector.
    [Theory, MemberData(nameof(Executions))]
    public void A_norm_and_its_gradients_have_the_bits_of_their_parts(string name, ExecutionOptions options)
    {
        foreach ((int rows, int columns) in ((int, int)[])[(1, 256), (1, 300), (5, 256), (31, 257), (33, 512), (70, 1030)])
        {
            Require($"{name}, {rows} rows", options, () => Gradients(rows, columns));
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Blocks_of_rows_are_folded_as_the_law_says(string name, ExecutionOptions options) =>
        Assert.True(ManyRows.Value == Hash(options, () => Gradients(4_200, 256)), name);

    // So many that the next block is fetched ahead; the last one has fewer rows.
    [Theory, MemberData(nameof(Executions))]
    public void Blocks_in_parts_have_the_bits_of_their_rows(string name, ExecutionOptions options) =>
        Assert.True(ManyExponentials.Value == Hash(options, () => [Softmax(Value(1, 1_030, 256))]), name);

    [Theory, MemberData(nameof(Executions))]
    public void Several_axes_of_rows_are_one_and_other_kinds_of_reductions_stay_apart(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor x = Value(1, 3, 13, 260);
        Tensor weights = Softmax(x);
        return [weights, weights.Sum([0, 1]).Sqrt(), weights.Max([0, 1]), (x * weights).Min([0, 1]), (x + 1).Prod([0, 1]), x.Sum([0, 1])];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Other_dtypes_and_other_layouts_are_carried(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor doubles = Softmax(Value(1, 40, 256).To(DType.Float64));
        Tensor turned = Value(2, 260, 37).T;
        Tensor rows = Softmax(turned);
        return [doubles, doubles.Sum([0]), rows * turned, turned.Sum([0]), rows.Sum([0])];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Zeros_of_either_sign_and_numbers_that_are_none_pass_through(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor special = Tensor.From([-0f, 0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1e-45f, 1, -1], 1, 8, 1);
        Tensor x = special.BroadcastTo(new Shape(34, 8, 32)).Reshape(34, 256);
        return [x - x.Max([1], keepAxes: true), x.Sum([0]), (-x.Abs() * 0).Sum([0]), x.Max([0]), x.Min([0])];
    });

    // What waits for all rows, or feeds them, stays apart.
    [Theory, MemberData(nameof(Executions))]
    public void Sums_that_other_rows_need_stay_before_them(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor x = Value(1, 40, 256);
        Tensor centred = x - x.Mean([0], keepAxes: true);
        Tensor weights = Softmax(centred);
        Tensor again = Softmax(weights * weights.Sum([0], keepAxes: true));
        return [weights, again, again.Sum([0]), (again * Value(2, 256)).Sum([0])];
    });

    [Theory, MemberData(nameof(Executions))]
    public void A_variable_that_the_rows_read_is_updated_in_place_when_they_are_through(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Variable weight = Kept("weight", Value(1, 256));
        Variable bias = Kept("bias", Value(2, 256));
        Tensor x = Value(3, 50, 256);
        for (int step = 0; step < 3; step++)
        {
            Tensor normal = Standardise(x);
            Tensor y = (normal * new Tensor(weight.Leaf)) + new Tensor(bias.Leaf);
            Tensor error = Softmax(y);
            Tensor down = new Tensor(weight.Leaf) - ((error * normal).Sum([0]) * 0.1);
            Tensor side = new Tensor(bias.Leaf) - (error.Sum([0]) * 0.1);
            Evaluator.Assign([], [new Assignment(weight, down.Node), new Assignment(bias, side.Node)]);
        }

        return [new Tensor(weight.Leaf), new Tensor(bias.Leaf)];
    });

    [Fact]
    public void A_norm_with_all_its_gradients_is_one_launch()
    {
        string plan = Evaluator.Explain([.. Gradients(64, 512).Select(result => result.Node)], []);
        Assert.Contains("plan: 1 launches", plan, StringComparison.Ordinal);
    }

    static Tensor[] Gradients(int rows, int columns)
    {
        Tensor cotangent = Value(4, rows, columns);
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(x => [(Standardise(x[0]) * x[1]) + x[2]], [Value(1, rows, columns), Value(2, columns), Value(3, columns)]);
        return [.. values, .. pullback([cotangent])];
    }

    static Variable Kept(string name, Tensor value)
    {
        var variable = new Variable(value.Shape, value.DType, name, snapshots: false);
        Evaluator.Assign([], [new Assignment(variable, value.Node)]);
        return variable;
    }

    static Tensor Standardise(Tensor x)
    {
        Tensor centred = x - x.Mean([-1], keepAxes: true);
        return centred * ((centred * centred).Mean([-1], keepAxes: true) + 1e-5).Rsqrt();
    }

    static Tensor Softmax(Tensor x)
    {
        Tensor e = (x - x.Max([-1], keepAxes: true).StopGradient()).Exp();
        return e / e.Sum([-1], keepAxes: true);
    }
}
