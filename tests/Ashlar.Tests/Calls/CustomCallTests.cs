using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Calls;

public sealed class CustomCallTests
{
    static readonly CustomCall Running = new("running", (shapes, types) => (shapes[0], types[0]), arguments =>
    {
        int columns = arguments.ResultShape[^1];
        ReadOnlySpan<float> x = arguments.Input<float>(0);
        Span<float> y = arguments.Result<float>();
        for (int row = arguments.First; row < arguments.End; row++)
        {
            float sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++)
            {
                y[i] = sum += x[i];
            }
        }
    })
    {
        Items = shape => shape.Size / shape[^1],
        Vjp = (_, _, dy) => [Running!.Invoke(dy.Flip(-1)).Flip(-1)],
    };

    [Fact]
    public void A_kernel_takes_part_in_a_plan_for_any_number_of_threads()
    {
        Tensor x = Tensor.RandomUniform(RandomKey.FromSeed(3), new Shape(300, 70), -1, 1);
        string Hash(int threads, Executor executor = Executor.Compiled)
        {
            using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = threads, Executor = executor });
            return Bits.Hash((Running.Invoke(x * 2) + 1).Tanh());
        }

        Assert.Single(new[] { Hash(1), Hash(2), Hash(5), Hash(1, Executor.Interpreter), Hash(1, Executor.Reference) }.Distinct());
    }

    [Fact]
    public void Its_gradient_and_its_batch_follow_its_rules()
    {
        Tensor x = Tensor.From([1f, 2f, 3f], 3);
        Tensor weights = Tensor.From([1f, 10f, 100f], 3);
        Assert.Equal([1f, 3f, 6f], Running.Invoke(x).ToArray<float>());
        Assert.Equal([111f, 110f, 100f], Transform.Gradient(t => (Running.Invoke(t) * weights).Sum())(x).ToArray<float>());
        Assert.Equal([1f, 3f, 6f], Transform.Jvp(t => Running.Invoke(t), x, x).Tangent.ToArray<float>());
        Tensor batch = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        Assert.Equal([1f, 3, 3, 7, 5, 11, 7, 15], Transform.Vmap(Transform.Vmap(t => Running.Invoke(t)))(batch).ToArray<float>());
        Assert.Equal([2f, 1, 2, 1, 2, 1, 2, 1], Transform.Vmap(Transform.Vmap(Transform.Gradient(t => Running.Invoke(t).Sum())))(batch).ToArray<float>());
    }

    [Fact]
    public void A_batch_of_its_own_replaces_the_run_for_each_example()
    {
        int runs = 0;
        var twice = new CustomCall("twice", (shapes, types) => (shapes[0], types[0]), arguments =>
        {
            Interlocked.Increment(ref runs);
            for (int i = 0; i < arguments.ResultShape.Size; i++)
            {
                arguments.Result<float>()[i] = 2 * arguments.Input<float>(0)[i];
            }
        })
        {
            Vmap = (inputs, _) => inputs[0] * 2,
        };
        Assert.Equal([2f, 4f], Transform.Vmap(x => twice.Invoke(x))(Tensor.From([1f, 2f], 2)).ToArray<float>());
        Assert.Equal(0, runs);
    }

    [Fact]
    public void An_empty_result_runs_no_kernel() => Assert.Equal(new Shape(0, 3), Running.Invoke(Tensor.Zeros(new Shape(0, 3))).Keep().Shape);

    [Fact]
    public void An_error_in_a_kernel_carries_its_name()
    {
        var broken = new CustomCall("broken", (shapes, types) => (shapes[0], types[0]), _ => throw new DivideByZeroException("Nothing to divide by."));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => broken.Invoke(Tensor.Scalar(1)).Item<float>());
        Assert.Equal("broken: the kernel threw DivideByZeroException: Nothing to divide by. Mend the kernel, or check its inputs before the call.", error.Message);
        error = Assert.Throws<InvalidOperationException>(() => Transform.Gradient(x => broken.Invoke(x))(Tensor.Scalar(1)));
        Assert.Equal("broken: it has no vjp, so no gradient passes. Give it one, or stop the gradient with StopGradient().", error.Message);
    }

    [Fact]
    public void Reading_an_input_as_another_type_is_an_error()
    {
        var wrong = new CustomCall("wrong", (shapes, types) => (shapes[0], types[0]), arguments => arguments.Input<double>(0).ToArray());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => wrong.Invoke(Tensor.Scalar(1)).Item<float>());
        Assert.StartsWith("wrong: the kernel threw DTypeException: wrong: input 0 is float32, its elements are no Double. Read it as float32, or cast before the call.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vjp_of_another_shape_is_an_error()
    {
        var wrong = new CustomCall("wrong", (shapes, types) => (shapes[0], types[0]), _ => { }) { Vjp = (_, _, dy) => [dy.Sum()] };
        ShapeException error = Assert.Throws<ShapeException>(() => Transform.Gradient(x => wrong.Invoke(x).Sum())(Tensor.From([1f, 2f], 2)));
        Assert.Equal("wrong: the cotangent of argument 0 is float32[], the argument float32[2]. Return it in the argument's shape and dtype.", error.Message);
    }
}
