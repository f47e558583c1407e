using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Runtime;
using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class RecordedFunctionTests
{
    static readonly Tensor Weights = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(8, 5));

    [Fact]
    public void A_run_has_the_bits_of_recording_it_anew()
    {
        RecordedFunction function = Record([Tensor.Zeros(new Shape(3, 8))], x => [Layer(x[0]), x[0].Sum([1])]);
        foreach (int seed in (int[])[2, 3])
        {
            Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(3, 8));
            Assert.Equal([Layer(x).ToBytes(), x.Sum([1]).ToBytes()], Run(function, x).Select(result => result.ToBytes()));
        }
    }

    [Theory]
    [InlineData(Executor.Interpreter)]
    [InlineData(Executor.Reference)]
    public void Every_executor_gives_the_same_bits(Executor executor)
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(3, 8));
        RecordedFunction function = Record([x], x => [Layer(x[0])]);
        byte[] compiled = Run(function, x)[0].ToBytes();
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor, Threads = 2 });
        Assert.Equal(compiled, Run(function, x)[0].ToBytes());
    }

    [Fact]
    public void What_depends_on_no_argument_is_captured_as_one_constant()
    {
        RecordedFunction function = Record([Tensor.Zeros(new Shape(3, 8))], x => [x[0].MatMul((Weights * Weights).Exp())]);
        Assert.Equal(1, function.Captured);
    }

    [Fact]
    public void A_result_may_be_an_argument_a_constant_a_movement_or_stand_twice()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        RecordedFunction function = Record([x], x => [x[0], Weights, x[0].T, x[0] + 1, x[0].T]);
        Tensor[] results = Run(function, x);
        Assert.Equal([x, Weights, x.T, x + 1, x.T], results, (wanted, got) => wanted.Shape.Equals(got.Shape) && wanted.ToBytes().AsSpan().SequenceEqual(got.ToBytes()));
    }

    [Fact]
    public void Pending_arguments_are_computed()
    {
        RecordedFunction function = Record([Tensor.Zeros(new Shape(2))], x => [x[0] * 2]);
        Assert.Equal([6f, 8f], Run(function, Tensor.From([2f, 3f], 2) + 1)[0].ToArray<float>());
    }

    [Fact]
    public void A_value_of_an_argument_cannot_be_read_while_it_is_recorded()
    {
        Node[] arguments = RecordedFunction.Arguments([Tensor.Zeros(new Shape(2)).Node]);
        var error = Assert.Throws<InvalidOperationException>(() => (new Tensor(arguments[0]) + 1).ToArray<float>());
        Assert.StartsWith("Evaluate: a value was read inside a function that is recorded for many runs of it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_is_no_constant()
    {
        var scale = new Variable(new Shape(8), DType.Float32, "scale", snapshots: false);
        Evaluator.Assign([], [new Assignment(scale, Tensor.Ones(new Shape(8)).Node)]);
        var error = Assert.Throws<ArgumentException>(() => Record([Tensor.Zeros(new Shape(3, 8))], x => [x[0] * new Tensor(scale.Leaf)]));
        Assert.Contains("depends on a variable or is watched by a gradient", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_of_another_form_are_refused()
    {
        RecordedFunction function = Record([Tensor.Zeros(new Shape(2))], x => [x[0] * 2]);
        Assert.Contains("it takes 1 arguments, given are 2", Assert.Throws<ArgumentException>(() => Run(function, Tensor.Ones(new Shape(2)), Tensor.Ones(new Shape(2)))).Message, StringComparison.Ordinal);
        Assert.Contains("argument 0 is float32[3], recorded was float32[2]", Assert.Throws<ArgumentException>(() => Run(function, Tensor.Ones(new Shape(3)))).Message, StringComparison.Ordinal);
        Assert.Contains("argument 0 is int32[2], recorded was float32[2]", Assert.Throws<ArgumentException>(() => Run(function, Tensor.Ones(new Shape(2), DType.Int32))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_division_by_zero_is_told_as_always()
    {
        Tensor one = Tensor.From([1, 2], 2);
        RecordedFunction function = Record([one, one], x => [Tensor.FloorDivide(x[0], x[1])]);
        var error = Assert.Throws<DivideByZeroException>(() => Run(function, one, Tensor.From([1, 0], 2)));
        Assert.Contains("is 0 at [1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_of_numerics_look_inside()
    {
        Tensor x = Tensor.From<float>([-1f]);
        RecordedFunction function = Record([x], x => [x[0].Sqrt().IsNaN()]);
        Assert.True(Run(function, x)[0].Item<bool>());
        using IDisposable scope = Execution.Use(new ExecutionOptions { Checks = NumericsChecks.NaN });
        Assert.Throws<NumericsException>(() => Run(function, x));
    }

    [Theory]
    [InlineData(Executor.Compiled)]
    [InlineData(Executor.Interpreter)]
    public void Constant_kernels_that_are_laid_out_once_change_no_bit(Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor, Threads = 2 });
        Tensor kernel = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(128, 40, 3, 3));
        Tensor.Eval(kernel);
        RecordedFunction function = Record([Tensor.Zeros(new Shape(1, 40, 7, 7))], x => [Convolved(x[0])]);
        foreach (int seed in (int[])[2, 3])
        {
            Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(1, 40, 7, 7));
            Assert.Equal(Convolved(x).ToBytes(), Run(function, x)[0].ToBytes());
        }

        Tensor Convolved(Tensor x) => new Tensor(Op.Conv(x.Node, kernel.Node, new ConvAttributes([1, 1], [1, 1], [1, 1], [1, 1], [1, 1], 1))).Relu();
    }

    [Fact]
    public void A_constant_is_laid_out_once_for_all_plans_and_as_long_as_it_lives()
    {
        Storage constant = Storage.Allocate(64);
        Storage form = constant.InForm("form", _ => Storage.Allocate(128));
        Assert.Same(form, constant.InForm("form", _ => throw new InvalidOperationException()));
        Assert.NotSame(form, constant.InForm("another", _ => Storage.Allocate(128)));
        constant.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = HasPointer(form));
    }

    static unsafe bool HasPointer(Storage storage) => storage.Pointer is not null;

    static Tensor Layer(Tensor x) => x.MatMul(Weights * 0.5).Relu().Exp() / x.Sum([1], keepAxes: true);

    static RecordedFunction Record(Tensor[] like, Func<Tensor[], Tensor[]> body)
    {
        Node[] arguments = RecordedFunction.Arguments([.. like.Select(tensor => tensor.Node)]);
        return RecordedFunction.Close(arguments, [.. body([.. arguments.Select(node => new Tensor(node))]).Select(tensor => tensor.Node)]);
    }

    static Tensor[] Run(RecordedFunction function, params Tensor[] arguments) => [.. function.Run([.. arguments.Select(tensor => tensor.Node)]).Select(node => new Tensor(node))];
}
