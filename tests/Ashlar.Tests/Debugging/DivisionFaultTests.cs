using System.Runtime.CompilerServices;
using Ashlar.Schedule;

namespace Ashlar.Tests.Debugging;

public sealed class DivisionFaultTests
{
    const string Remedy = "Keep zeros out of it with Where or Maximum, or divide floating numbers. Numerics.Check() tells the line that recorded it.";

    readonly Tensor _a = Tensor.From([7, 8, 9, 10], 2, 2);
    readonly Tensor _b = Tensor.From([1, 2, 0, 0], 2, 2);

    public static TheoryData<Executor, bool> Executions => new()
    {
        { Executor.Compiled, true },
        { Executor.Compiled, false },
        { Executor.Interpreter, true },
        { Executor.Reference, true },
    };

    [Theory, MemberData(nameof(Executions))]
    public void The_operation_and_the_element_are_named(Executor executor, bool fusion)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor, Fusion = fusion });
        Tells($"Divide: the divisor int32[2, 2] is 0 at [1, 0]. {Remedy}", () => _a / _b + 1);
        Tells($"FloorDivide: the divisor int32[2, 2] is 0 at [0, 1]. {Remedy}", () => Tensor.FloorDivide(_a * 2, (_b - 2) * 3));
        Tells($"Remainder: the divisor uint8[2, 2] is 0 at [1, 0]. {Remedy}", () => Tensor.Remainder(_a.To(DType.UInt8), _b.To(DType.UInt8)).To(DType.Int32));
        Tells($"Fmod: the divisor int64[2] is 0 at [0]. {Remedy}", () => Tensor.Fmod(Tensor.Arange(2).To(DType.Int64), Tensor.Arange(2).To(DType.Int64)).To(DType.Int32));
    }

    [Fact]
    public void Of_several_divisions_the_one_with_the_zero_is_named() =>
        Tells($"Remainder: the divisor int32[2, 2] is 0 at [1, 1]. {Remedy}", () => Tensor.Remainder(_a / Tensor.Maximum(_b, 1), _a - 10) / 3);

    [Fact, MethodImpl(MethodImplOptions.NoOptimization)]
    public void Under_the_check_the_line_is_named()
    {
        using IDisposable check = Numerics.Check();
        (Tensor y, int line) = (_a / _b, Line());
        string message = Assert.Throws<DivideByZeroException>(() => (y + 1).ToArray<int>()).Message;
        Assert.Matches($@"^Divide at DivisionFaultTests\.cs:{line} \(.*Under_the_check.*\): the divisor int32\[2, 2\] is 0 at \[1, 0\]\. Keep zeros out of it with Where or Maximum, or divide floating numbers\.$", message);
    }

    [Fact]
    public void Inside_a_loop_the_remedy_remains() =>
        Tells("Evaluate: an integer is divided by 0 inside a loop or a branch. Keep zeros out of the divisor with Where or Maximum, or divide floating numbers.",
            () => Control.Loop(2, _a, (_, x) => x / _b));

    [Fact]
    public void A_number_is_refused_where_it_is_written()
    {
        Refuses("Divide: int32[2, 2] is divided by 0. Divide by another number, or cast the tensor to a floating dtype.", () => _a / 0);
        Refuses("FloorDivide: int32[2, 2] is divided by 0. Divide by another number, or cast the tensor to a floating dtype.", () => Tensor.FloorDivide(_a, 0));
        Refuses("Fmod: int32[2, 2] is divided by 0. Divide by another number, or cast the tensor to a floating dtype.", () => Tensor.Fmod(_a, 0));
        Assert.Equal(float.PositiveInfinity, (Tensor.Scalar(1f) / 0).Item<float>());
    }

    [Fact]
    public void What_is_recorded_after_a_fault_is_computed()
    {
        Tensor broken = _a / _b;
        Assert.Throws<DivideByZeroException>(() => broken.ToArray<int>());
        Assert.Throws<DivideByZeroException>(() => broken.ToArray<int>());
        Assert.Equal([7, 4, 9, 10], (_a / Tensor.Maximum(_b, 1)).ToArray<int>());
    }

    static void Tells(string message, Func<Tensor> divide) => Refuses(message, () => divide().ToArray<int>());

    static void Refuses(string message, Func<object> act) => Assert.Equal(message, Assert.Throws<DivideByZeroException>(act).Message);

    static int Line([CallerLineNumber] int line = 0) => line;
}
