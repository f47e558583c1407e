using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class ResultTests
{
    static readonly Tensor X = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);

    [Fact]
    public void A_result_in_another_shape_is_not_copied()
    {
        Assert.DoesNotContain("Copy", X.Exp().Reshape(3, 2).Explain(), StringComparison.Ordinal);
        Assert.DoesNotContain("Copy", X.MatMul(X.T).T.T.Reshape(4).Explain(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(ExecutorTests.Executions), MemberType = typeof(ExecutorTests))]
    public void Results_that_are_one_value_in_several_shapes_have_memory_of_their_own(string name, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        Tensor y = X * 2;
        Tensor[] results = [y.Reshape(3, 2), y, y.Reshape(6), y.T, y.Slice(1, 1, 2), y.T.Reshape(6)];
        Tensor.Eval(results);
        Assert.True(results.Take(3).All(result => result.ToArray<float>().SequenceEqual([2f, 4, 6, 8, 10, 12])), name);
        Assert.Equal([2f, 8, 4, 10, 6, 12], results[3].ToArray<float>());
        Assert.Equal([4f, 6, 10, 12], results[4].ToArray<float>());
        Assert.Equal([2f, 8, 4, 10, 6, 12], results[5].ToArray<float>());
        Assert.Equal(new Shape(3, 2), results[0].Shape);
    }

    [Fact]
    public void A_loop_may_return_a_carry_in_another_shape()
    {
        (Tensor carry, Tensor output) = Control.Loop(X, Tensor.Arange(3), (state, _) => ((state * 2).Reshape(6).Reshape(2, 3), (state * 2).Reshape(6)));
        Assert.Equal([8f, 16, 24, 32, 40, 48], carry.ToArray<float>());
        Assert.Equal(new Shape(3, 6), output.Shape);
        Assert.Equal(4f, output.ToArray<float>()[6]);
    }
}
