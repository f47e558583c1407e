using Ashlar.Cpu.Map;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed unsafe class MapKernelTests
{
    static readonly int[] Counts = [0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 255, 256, 257, 511, 512, 513, 4097];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_operation_has_the_bits_of_the_scalar_interpreter_at_every_count(bool interpreted)
    {
        foreach ((string name, ScalarProgram program) in ScalarCases.All())
        {
            bool[] none = new bool[program.Inputs.Length];
            MapKernel kernel = interpreted ? new InterpretedMapKernel(program, none) : CompiledMapKernel.Compile(program, none);
            bool divides = name.StartsWith("Divide", StringComparison.Ordinal) && program.Inputs[0].IsInteger;
            foreach (int count in Counts)
            {
                MapTrial.Check(kernel, count, values: divides ? k => NonZero(program.Inputs[k], count, k) : null);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_pair_of_special_values_has_the_bits_of_the_scalar_interpreter(bool interpreted)
    {
        foreach ((string name, ScalarProgram program) in ScalarCases.All().Where(c => c.Program.Inputs.Length == 2))
        {
            long[] special = MapTrial.Special(program.Inputs[0]);
            if (name.StartsWith("Divide", StringComparison.Ordinal) && program.Inputs[0].IsInteger)
            {
                special = [.. special.Where(v => v != 0)];
            }

            int n = special.Length;
            long[][] columns = [[.. Enumerable.Range(0, n * n).Select(i => special[i / n])], [.. Enumerable.Range(0, n * n).Select(i => special[i % n])]];
            MapTrial.Check(program, interpreted, n * n, values: k => columns[k]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Broadcast_inputs_serve_every_index(bool interpreted)
    {
        foreach ((string name, ScalarProgram program) in ScalarCases.All().Where(c => !c.Name.StartsWith("Divide", StringComparison.Ordinal)))
        {
            int inputs = program.Inputs.Length;
            for (int pattern = 1; pattern < 1 << inputs; pattern++)
            {
                bool[] broadcast = [.. Enumerable.Range(0, inputs).Select(k => ((pattern >> k) & 1) != 0)];
                MapTrial.Check(program, interpreted, 37, (ulong)pattern, broadcast);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_output_may_be_an_input(bool interpreted)
    {
        foreach ((string name, ScalarProgram program) in ScalarCases.All().Where(c => !c.Name.StartsWith("Divide", StringComparison.Ordinal)))
        {
            for (int k = 0; k < program.Inputs.Length; k++)
            {
                if (program.Inputs[k].ItemSize == program.OutputType(0).ItemSize)
                {
                    MapTrial.Check(program, interpreted, 525, inPlaceInput: k);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_of_two_outputs_may_be_an_input_that_the_second_reads(bool interpreted)
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(DType.Float32);
        Scalar y = builder.Input(DType.Float32);
        MapTrial.Check(builder.Build(x + y, x * y), interpreted, 100, inPlaceInput: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_input_and_a_constant_may_be_outputs_and_an_output_may_come_twice(bool interpreted)
    {
        foreach (DType type in DTypeFacts.All)
        {
            var builder = new ScalarBuilder();
            Scalar x = builder.Input(type);
            MapTrial.Check(builder.Build(x, builder.ConstantBits(type, 1), x), interpreted, 19);
            MapTrial.Check(builder.Build(builder.ConstantBits(type, 1)), interpreted, 19);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_programs_have_the_bits_of_the_scalar_interpreter(bool interpreted)
    {
        DType[] all = [.. DTypeFacts.All];
        DType[] small = [DType.Bool, DType.UInt8, DType.Int32, DType.Float32];
        for (ulong seed = 0; seed < 150; seed++)
        {
            ScalarProgram program = RandomPrograms.Draw(seed, seed % 2 == 0 ? all : small);
            bool[] broadcast = [.. Enumerable.Range(0, program.Inputs.Length).Select(k => ((seed >> k) & 3) == 3)];
            MapTrial.Check(program, interpreted, 267, seed, broadcast);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_chain_of_steps_keeps_its_bits(bool interpreted)
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(DType.Float32);
        Scalar y = x;
        for (int i = 0; i < 700; i++)
        {
            y = Scalar.Fma(y, x, 1.0 / (i + 1));
        }

        MapTrial.Check(builder.Build(y), interpreted, 41);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_broadcast_inputs_keep_their_bits(bool interpreted)
    {
        var builder = new ScalarBuilder();
        Scalar y = builder.Input(DType.Float64);
        bool[] broadcast = [false, .. Enumerable.Repeat(true, 30)];
        for (int i = 0; i < 30; i++)
        {
            y = Scalar.Fma(y, builder.Input(DType.Float64), 0.5);
        }

        MapTrial.Check(builder.Build(y), interpreted, 41, broadcast: broadcast);
    }

    [Theory]
    [InlineData(false, DType.Int32)]
    [InlineData(true, DType.Int32)]
    [InlineData(false, DType.Int64)]
    [InlineData(true, DType.Int64)]
    [InlineData(false, DType.UInt8)]
    [InlineData(true, DType.UInt8)]
    public void An_integer_divided_by_zero_throws_even_when_nothing_reads_the_quotient(bool interpreted, DType type)
    {
        var builder = new ScalarBuilder();
        Scalar x = builder.Input(type);
        Scalar y = builder.Input(type);
        _ = x / y;
        ScalarProgram program = builder.Build(x);
        Assert.Throws<DivideByZeroException>(() => MapTrial.Check(program, interpreted, 11, values: k => [.. Enumerable.Range(0, 11).Select(i => k == 1 && i == 10 ? 0L : 1L)]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kernel_runs_on_several_threads_at_once(bool interpreted)
    {
        MapKernel kernel = interpreted ? new InterpretedMapKernel(RandomPrograms.Draw(8, [.. DTypeFacts.All])) : CompiledMapKernel.Compile(RandomPrograms.Draw(8, [.. DTypeFacts.All]));
        int finished = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                MapTrial.Check(kernel, 301 + t, (ulong)(i + (100 * t)));
            }

            Interlocked.Increment(ref finished);
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.Equal(4, finished);
    }

    [Fact]
    public void Flags_that_do_not_fit_the_inputs_are_refused()
    {
        var builder = new ScalarBuilder();
        ScalarProgram program = builder.Build(builder.Input(DType.Float32) + builder.Input(DType.Float32));

        ArgumentException error = Assert.Throws<ArgumentException>(() => CompiledMapKernel.Compile(program, true));

        Assert.StartsWith("MapKernel: 1 broadcast flags for 2 inputs. Give one flag per input, or none.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarOp.Sqrt, DType.Int32, "MapKernel: step %1 of the program: Sqrt is not defined for int32. Convert the operand to a type that has it.")]
    [InlineData(ScalarOp.Not, DType.Float64, "MapKernel: step %1 of the program: Not is not defined for float64. Convert the operand to a type that has it.")]
    [InlineData(ScalarOp.Floor, DType.Bool, "MapKernel: step %1 of the program: Floor is not defined for bool. Convert the operand to a type that has it.")]
    public void An_operation_on_a_type_without_it_is_refused(ScalarOp op, DType type, string message)
    {
        var program = new ScalarProgram([type], [new(ScalarOp.Input, type, 0, -1, -1, 0), new(op, type, 0, -1, -1, 0)], [1]);

        Assert.Equal(message, Assert.Throws<DTypeException>(() => new InterpretedMapKernel(program)).Message);
        Assert.Equal(message, Assert.Throws<DTypeException>(() => CompiledMapKernel.Compile(program)).Message);
    }

    [Fact]
    public void A_bitcast_to_bool_is_refused()
    {
        var builder = new ScalarBuilder();
        ScalarProgram program = builder.Build(builder.Input(DType.UInt8).Bitcast(DType.Bool));

        DTypeException error = Assert.Throws<DTypeException>(() => new InterpretedMapKernel(program));

        Assert.Equal("MapKernel: step %1 of the program: Bitcast is not defined for uint8. Convert the operand to a type that has it.", error.Message);
    }

    static long[] NonZero(DType type, int count, int operand)
    {
        long[] values = MapTrial.Samples(type, count, (ulong)operand);
        return operand == 0 ? values : [.. values.Select(v => v == 0 ? 3 : v)];
    }
}
