using Ashlar.Schedule;
using static Ashlar.Tests.Schedule.LaunchBits;

namespace Ashlar.Tests.Schedule;

/// <summary>A product, rows and a product that run in blocks of rows, against the scalar definitions.</summary>
public sealed class AttentionLaunchTests
{
    // The scalar definitions take a while over so many keys: once for all executions.
    static readonly Lazy<string> ManyKeys = new(() => Hash(Definitions, AttendManyKeys));

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    [Theory, MemberData(nameof(Executions))]
    public void Attention_has_the_bits_of_its_parts(string name, ExecutionOptions options) =>
        Require(name, options, () => [Attend(Value(1, 2, 3, 37, 8), Value(2, 2, 3, 37, 8), Value(3, 2, 3, 37, 5))]);

    // Twelve rows are a block here; the last block has two.
    [Theory, MemberData(nameof(Executions))]
    public void Blocks_that_do_not_divide_the_rows_have_the_bits_of_the_whole(string name, ExecutionOptions options) =>
        Assert.True(ManyKeys.Value == Hash(options, AttendManyKeys), name);

    [Theory, MemberData(nameof(Executions))]
    public void The_gradient_has_the_bits_of_its_parts(string name, ExecutionOptions options) => Require(name, options, () =>
        Transform.Gradient((Tensor[] xs) => (Attend(xs[0], xs[1], xs[2]) * Value(4, 2, 19, 6)).Sum())([Value(1, 2, 19, 4), Value(2, 2, 19, 4), Value(3, 2, 19, 6)]));

    // Queries over more keys than a part has columns: their gradients leave out what the mask hides. Numbers near the largest, or none, behind it show.
    [Theory, MemberData(nameof(Executions))]
    public void Gradients_behind_a_mask_have_the_bits_of_their_parts(string name, ExecutionOptions options) => Require(name, options, () =>
    [
        .. Gradients(Value(3, 2, 140, 5), Value(4, 2, 140, 5)),
        .. Gradients(OneRow(Value(3, 2, 140, 5), 139, float.NaN), Value(4, 2, 140, 5)),
        .. Gradients(OneRow(Value(3, 2, 140, 5), 138, 2e38f), Value(4, 2, 140, 5) * 2),
        .. Gradients(Value(3, 2, 140, 5), OneRow(Value(4, 2, 140, 5), 3, float.PositiveInfinity)),
        .. Gradients(Value(3, 2, 140, 5) * -float.Epsilon, Value(4, 2, 140, 5)),
    ]);

    // The weights of the last keys are zero for the first queries, and a number that is none stands where they would be multiplied with it.
    [Theory, MemberData(nameof(Executions))]
    public void A_product_over_queries_that_begins_with_zeros_has_the_bits_of_all_its_terms(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor after = Tensor.Arange(70).Reshape(1, -1) <= Tensor.Arange(300).Reshape(-1, 1);
        Tensor weights = Tensor.Where(after, Value(1, 2, 300, 70), Tensor.Scalar(0f));
        Tensor.Eval(weights);
        Tensor odd = OneRow(Value(2, 2, 300, 40), 20, float.NaN);
        return [weights.T.MatMul(Value(2, 2, 300, 40)), weights.T.MatMul(odd), weights.T.MatMul(Value(3, 2, 300, 100)), weights.T.MatMul(-Value(2, 2, 300, 40).Abs() * float.Epsilon), weights.To(DType.Float64).T.MatMul(odd.To(DType.Float64))];
    });

    [Theory, MemberData(nameof(Executions))]
    public void What_others_read_of_scores_and_weights_is_stored(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor scores = Value(1, 2, 9, 4).MatMul(Value(2, 2, 21, 4).T) * 0.5;
        Tensor weights = Softmax(scores);
        return [weights.MatMul(Value(3, 2, 21, 3)), scores.Sin(), weights.T.MatMul(Value(5, 2, 9, 2))];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Maps_around_the_rows_and_after_the_product_take_part(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor scores = (Value(1, 2, 9, 4).MatMul(Value(2, 2, 21, 4).T) * Value(6, 9, 21)) + Value(7, 2, 1, 21);
        Tensor kept = Value(8, 2, 9, 21) > -0.3f;
        Tensor weights = Tensor.Where(kept, Softmax(scores) * 1.25, Tensor.Scalar(0));
        return [(weights.MatMul(Value(3, 2, 21, 3)) + Value(9, 3)).Tanh(), weights.Sum([-1])];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Numbers_that_are_none_and_infinities_pass_through(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor q = Tensor.From([0f, -0f, float.NaN, 1, float.PositiveInfinity, 2, -3e38f, 3e38f, 1, -1], 5, 2);
        Tensor v = Tensor.From([-0f, 1, float.NegativeInfinity, float.NaN, -1e-45f, 0], 3, 2);
        return [Attend(Twice(q), Value(2, 2, 3, 2), Twice(v)), Attend(Value(1, 2, 3, 2), Value(2, 2, 3, 2), Twice(v))];
    });

    // Keys from 40 on are hidden from all, from 70 on in the second batch; parts of 32 columns are left out.
    [Theory, MemberData(nameof(Executions))]
    public void What_a_mask_hides_is_left_out(string name, ExecutionOptions options) => Require(name, options, () => [AttendFirst(Value(3, 2, 100, 5))]);

    // The first of them hides a number that is none behind a weight of 0: 0 · NaN is NaN.
    [Theory, MemberData(nameof(Executions))]
    public void What_a_mask_hides_shows_where_it_is_not_finite(string name, ExecutionOptions options) => Require(name, options, () =>
    [
        AttendFirst(Tensor.Where(Tensor.Arange(100).Reshape(-1, 1).EqualTo(99), Tensor.Scalar(float.NaN), Value(3, 2, 100, 5))),
        AttendFirst(Tensor.Where(Tensor.Arange(100).Reshape(-1, 1).EqualTo(97), Tensor.Scalar(float.NegativeInfinity), Value(3, 2, 100, 5))),
    ]);

    // The smallest of all numbers times a weight is -0, which stays -0 unless a hidden +0 is added.
    [Theory, MemberData(nameof(Executions))]
    public void What_a_mask_hides_shows_where_a_sum_is_negative_zero(string name, ExecutionOptions options) => Require(name, options, () =>
    [
        AttendFirst(Tensor.Where(Tensor.Arange(100).Reshape(-1, 1) < 64, Tensor.Scalar(-float.Epsilon), Value(3, 2, 100, 5).Abs())),
        AttendFirst(Tensor.Where(Tensor.Arange(100).Reshape(-1, 1) < 64, Tensor.Scalar(-float.Epsilon), -Value(3, 2, 100, 5).Abs())),
    ]);

    // Passes stop behind what the mask leaves only if all behind would be zero: not where a score is none or infinite, a row's every score is -∞, or another number hides.
    [Theory, MemberData(nameof(Executions))]
    public void Rows_that_stop_at_the_mask_have_the_bits_of_whole_rows(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        (Tensor q, Tensor k, Tensor v) = (Value(1, 2, 96, 8), Value(2, 2, 96, 8), Value(3, 2, 96, 40));
        return
        [
            .. Causal(q, k, v, double.NegativeInfinity),
            .. Causal(q, k, v, -1e9),
            .. Causal(q, k, v, 0.25),
            .. Causal(OneRow(q, 5, float.NaN), OneRow(k, 90, float.PositiveInfinity), v, double.NegativeInfinity),
            .. Causal(q, OneRow(k.Abs(), 0, float.NegativeInfinity), v, double.NegativeInfinity),
            .. Causal(q.Abs(), OneRow(k, 0, float.NegativeInfinity), OneRow(v, 95, float.PositiveInfinity), double.NegativeInfinity),
        ];
    });

    // With the weights beside them, which others so can read.
    static Tensor[] Causal(Tensor q, Tensor k, Tensor v, double hidden)
    {
        Tensor scores = q.MatMul(k.T);
        Tensor seen = Tensor.Arange(96).Reshape(1, -1) <= Tensor.Arange(96).Reshape(-1, 1);
        Tensor masked = Tensor.Where(seen, scores, Tensor.Scalar(hidden));
        Tensor largest = masked.Max([-1], keepAxes: true);
        Tensor e = (masked - Tensor.Where(largest.EqualTo(Tensor.Scalar(double.NegativeInfinity)), Tensor.Scalar(0), largest)).Exp();
        Tensor sum = e.Sum([-1], keepAxes: true);
        Tensor weights = e / Tensor.Where(sum > 0, sum, Tensor.Scalar(1));
        return [weights.MatMul(v), Softmax(masked).MatMul(v), weights.T.MatMul(v)];
    }

    [Theory, MemberData(nameof(Executions))]
    public void A_row_that_sees_nothing_and_scores_that_others_read_keep_their_bits(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor scores = Value(1, 2, 9, 4).MatMul(Value(2, 2, 100, 4).T);
        Tensor seen = Value(4, 9, 100) > Tensor.Arange(9).Reshape(-1, 1).To(DType.Float32) * 0.3 - 1;
        Tensor masked = Tensor.Where(seen, scores, Tensor.Scalar(float.NegativeInfinity));
        return [Softmax(masked).MatMul(Value(3, 2, 100, 5)), Softmax(masked + scores).MatMul(Value(3, 2, 100, 5))];
    });

    [Theory, MemberData(nameof(Executions))]
    public void Doubles_and_shared_keys_have_the_same_bits(string name, ExecutionOptions options) => Require(name, options, () =>
    {
        Tensor q = Value(1, 2, 6, 4, 3).To(DType.Float64);
        return [Softmax(q.MatMul(Value(2, 2, 1, 5, 3).To(DType.Float64).T)).MatMul(Value(3, 2, 1, 5, 7).To(DType.Float64))];
    });

    [Fact]
    public void Attention_is_one_launch_and_its_gradient_one_more_beside_the_products_over_queries()
    {
        Tensor[] at = [Value(1, 2, 19, 4), Value(2, 2, 19, 4), Value(3, 2, 19, 6)];
        Assert.Equal(1, Launches([Attend(at[0], at[1], at[2])], "Attention"));
        (Tensor value, Tensor[] gradients) = Transform.ValueAndGradient((Tensor[] xs) => Attend(xs[0], xs[1], xs[2]).Sum())(at);
        Assert.Equal(2, Launches([value, .. gradients], "Attention"));
        Assert.Equal(2, Launches([value, .. gradients], "Contract"));
    }

    // The values depend on the weights: the second product cannot run before all rows are known.
    [Theory, MemberData(nameof(Executions))]
    public void A_product_that_waits_for_all_rows_stays_apart(string name, ExecutionOptions options)
    {
        Tensor[] Graph()
        {
            Tensor weights = Softmax(Value(1, 2, 9, 4).MatMul(Value(2, 2, 9, 4).T));
            return [weights.MatMul(weights.Sum([1]).Reshape(2, 9, 1) * Value(3, 2, 9, 2))];
        }

        Assert.Equal(0, Launches(Graph(), "Attention"));
        Require(name, options, Graph);
    }

    static Tensor Attend(Tensor q, Tensor k, Tensor v)
    {
        Tensor scores = (q * 0.5).MatMul(k.T);
        int[] last = [scores.Shape[^2], scores.Shape[^1]];
        Tensor seen = Tensor.Arange(last[1]).Reshape(1, -1) <= Tensor.Arange(last[0]).Reshape(-1, 1) + (last[1] - last[0]);
        return Softmax(Tensor.Where(seen, scores, Tensor.Scalar(double.NegativeInfinity, scores.DType))).MatMul(v);
    }

    static Tensor[] Gradients(Tensor v, Tensor cotangent)
    {
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(x => [Attend(x[0], x[1], x[2])], [Value(1, 2, 140, 4), Value(2, 2, 140, 4), v]);
        return [.. values, .. pullback([cotangent])];
    }

    static Tensor OneRow(Tensor x, int row, float value) => Tensor.Where(Tensor.Arange(x.Shape[^2]).Reshape(-1, 1).EqualTo(row), Tensor.Scalar(value), x);

    static Tensor AttendFirst(Tensor v)
    {
        Tensor scores = Value(1, 2, 9, 4).MatMul(Value(2, 2, 100, 4).T);
        Tensor seen = Tensor.Arange(100) < Tensor.From([40L, 70L], 2, 1, 1);
        Tensor.Eval(seen, v);
        return Softmax(Tensor.Where(seen, scores, Tensor.Scalar(float.NegativeInfinity))).MatMul(v);
    }

    static Tensor Softmax(Tensor x)
    {
        Tensor e = (x - x.Max([-1], keepAxes: true).StopGradient()).Exp();
        return e / e.Sum([-1], keepAxes: true);
    }

    static Tensor Twice(Tensor x) => Tensor.Concat([x.Reshape(1, x.Shape[0], x.Shape[1]), x.Reshape(1, x.Shape[0], x.Shape[1])], 0);

    static int Launches(Tensor[] results, string kind) => Evaluator.Explain([.. results.Select(result => result.Node)], []).Split('\n').Count(line => line.Contains($": {kind} over", StringComparison.Ordinal));

    static Tensor[] AttendManyKeys() => [Attend(Value(1, 2, 14, 3), Value(2, 2, 11_000, 3), Value(3, 2, 11_000, 2))];
}
