using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

/// <summary>Where intermediate values lie, and that nothing is written over too early.</summary>
public sealed class ArenaTests
{
    const int Count = 1000;
    const int Bytes = 4032;
    const int LineBytes = 4096;

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    [Fact]
    public void A_map_writes_over_what_it_reads_for_the_last_time()
    {
        Tensor sorted = Value().Sort();
        Assert.Equal(Bytes, Arena((sorted * 2).Tanh().CumSum(0)));
    }

    [Fact]
    public void What_is_read_again_or_at_other_places_keeps_its_memory()
    {
        Tensor sorted = Value().Sort();
        Tensor sums = (sorted * 2).Tanh().CumSum(0);
        Assert.Equal(2 * Bytes, Arena(sums, (sums + sorted).Sort()));
        Assert.Equal(2 * Bytes, Arena((sorted - sorted.Flip()).CumSum(0)));
    }

    [Fact]
    public void Operands_that_follow_each_other_are_computed_where_their_concatenation_wants_them()
    {
        Tensor sorted = Lines().Sort();
        Assert.Equal(2 * LineBytes, Arena(Tensor.Concat([sorted, sorted.CumSum(0)], 0).CumSum(0)));
        Tensor inner = Tensor.Concat([sorted, sorted.CumSum(0)], 0);
        Assert.Equal(4 * LineBytes, Arena(Tensor.Concat([inner, inner.Sort()], 0).CumSum(0)));
    }

    [Theory, MemberData(nameof(Executions))]
    public void Operands_of_concatenations_have_the_bits_of_those_with_memory_of_their_own(string name, ExecutionOptions options)
    {
        Assert.True(Hash(new ExecutionOptions { Executor = Executor.Reference }) == Hash(options), name);

        static string Hash(ExecutionOptions how)
        {
            using IDisposable scope = Execution.Use(how);
            Tensor sorted = Lines().Sort();
            Tensor sums = sorted.CumSum(0);
            Tensor inner = Tensor.Concat([sorted, sums], 0);
            Tensor outer = Tensor.Concat([inner, (inner * 2).Sort()], 0);
            Tensor twice = Tensor.Concat([sums.Flip().CumSum(0), sums], 0);
            Tensor rows = Tensor.Concat([sorted.Reshape(2, -1).CumSum(1), sums.Reshape(2, -1).CumSum(1)], 1);
            Tensor[] results = [outer.CumSum(0), (sorted + sums.Flip()).Tanh().Sort(), twice.CumSum(0), inner.Tanh().CumSum(0), rows.CumSum(1), Tensor.Concat([sorted.Tanh(), sums], 0)];
            Tensor.Eval(results);
            return Bits.Hash(results);
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Values_that_share_memory_have_the_bits_of_those_that_do_not(string name, ExecutionOptions options)
    {
        Assert.True(Hash(new ExecutionOptions { Executor = Executor.Reference }) == Hash(options), name);

        static string Hash(ExecutionOptions how)
        {
            using IDisposable scope = Execution.Use(how);
            Tensor sorted = Value().Sort();
            Tensor sums = ((sorted * 2).Tanh() - sorted.Flip()).CumSum(0);
            Tensor[] results = [sums, ((sums + 1) * sums).Sort(), (sorted + sums.Flip()).CumSum(0)];
            Tensor.Eval(results);
            return Bits.Hash(results);
        }
    }

    static int Arena(params Tensor[] results)
    {
        string text = Evaluator.Explain([.. results.Select(result => result.Node)], []);
        string after = text[(text.IndexOf("arena ", StringComparison.Ordinal) + "arena ".Length)..];
        return int.Parse(after[..after.IndexOf(' ', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    static Tensor Lines()
    {
        Tensor value = Tensor.RandomUniform(RandomKey.FromSeed(2), new Shape(LineBytes / sizeof(float)), -1, 1);
        Tensor.Eval(value);
        return value;
    }

    static Tensor Value()
    {
        Tensor value = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(Count), -1, 1);
        Tensor.Eval(value);
        return value;
    }
}
