using Ashlar.Cpu.Map;
using Ashlar.Functions;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed class InterleavedKernelTests
{
    static readonly int[] Counts = [0, 1, 15, 16, 17, 47, 48, 49, 63, 64, 65, 96, 127, 128, 129, 200, 1025];

    static readonly Func<Scalar, Scalar>[] Functions = [Exp.Of, Tanh.Of, Sigmoid.Of, Log.Of, Log1p.Of, Sin.Of, Tan.Of, Erf.Of, Cbrt.Of, Digamma.Of];

    [Theory]
    [InlineData(DType.Float32, 2)]
    [InlineData(DType.Float32, 3)]
    [InlineData(DType.Float32, 4)]
    [InlineData(DType.Float64, 3)]
    public void Functions_of_several_vectors_side_by_side_have_the_bits_of_the_scalar_interpreter(DType type, int together)
    {
        foreach (Func<Scalar, Scalar> function in Functions)
        {
            MapKernel kernel = CompiledMapKernel.CompileTogether(Program(function, type), together);
            Assert.All(Counts, count => MapTrial.Check(kernel, count, (ulong)count));
        }
    }

    [Fact]
    public void Random_programs_side_by_side_have_the_bits_of_the_scalar_interpreter()
    {
        DType[] all = [.. DTypeFacts.All];
        DType[] small = [DType.Bool, DType.UInt8, DType.Int32, DType.Float32];
        for (ulong seed = 200; seed < 300; seed++)
        {
            ScalarProgram program = RandomPrograms.Draw(seed, seed % 2 == 0 ? all : small);
            if (Array.Exists(LaneLowering.Lower(program, new bool[program.Inputs.Length]).Steps, step => step.MayThrow))
            {
                continue;
            }

            bool[] broadcast = [.. Enumerable.Range(0, program.Inputs.Length).Select(k => ((seed >> k) & 3) == 3)];
            MapTrial.Check(CompiledMapKernel.CompileTogether(program, 2 + (int)(seed % 3), broadcast), 267, seed);
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Products_and_sums_of_negated_numbers_have_the_bits_of_the_scalar_interpreter(DType type)
    {
        var builder = new ScalarBuilder();
        (Scalar x, Scalar y, Scalar z) = (builder.Input(type), builder.Input(type), builder.Input(type));
        ScalarProgram program = builder.Build(Scalar.Fma(-x, y, z), Scalar.Fma(x, y, -z), Scalar.Fma(-(x + 1), y, -(z + 1)));

        MapTrial.Check(program, interpreted: false, 403);
        MapTrial.Check(CompiledMapKernel.CompileTogether(program, 3), 403);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Huge_angles_among_small_ones_have_the_bits_of_the_scalar_interpreter(DType type)
    {
        ScalarProgram program = Program(Sin.Of, type);
        const int Count = 1003;
        long[] angles = [.. Enumerable.Range(0, Count).Select(i => ScalarBits.FromDouble(type, i % 97 == 50 ? i * 1e20 : i * 0.01))];

        MapTrial.Check(CompiledMapKernel.CompileTogether(program, 3), Count, values: _ => angles);
    }

    [Fact]
    public void A_kernel_that_has_worked_for_a_while_keeps_its_bits()
    {
        MapKernel kernel = CompiledMapKernel.Compile(Program(Exp.Of, DType.Float32));
        for (int i = 0; i < 300; i++)
        {
            MapTrial.Check(kernel, 4099, (ulong)i);
        }
    }

    [Theory]
    [InlineData(DType.Float32, false)]
    [InlineData(DType.Float32, true)]
    [InlineData(DType.Float64, false)]
    [InlineData(DType.Float64, true)]
    public void Clamps_give_the_second_value_beside_a_nan_and_of_two_zeros(DType type, bool interpreted)
    {
        long[] special = MapTrial.Special(type);
        int n = special.Length;
        long[][] columns = [[.. Enumerable.Range(0, n * n).Select(i => special[i / n])], [.. Enumerable.Range(0, n * n).Select(i => special[i % n])]];
        var builder = new ScalarBuilder();
        (Scalar x, Scalar y) = (builder.Input(type), builder.Input(type));
        ScalarProgram program = builder.Build(Scalar.Select(x < y, x, y), Scalar.Select(x < y, y, x), Scalar.Select(y < x, x, y));

        MapTrial.Check(program, interpreted, n * n, values: k => columns[k]);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Values_that_a_condition_makes_zero_are_zero_there_and_nowhere_else(DType type)
    {
        var builder = new ScalarBuilder();
        (Scalar x, Scalar y) = (builder.Input(type), builder.Input(type));
        Scalar zero = x.Like(0);
        ScalarProgram program = builder.Build(
            Scalar.Select(x < y, zero, (x * y) + 1), Scalar.Select(x < y, zero, x - y), Scalar.Select(x <= y, zero, x * 2), Scalar.Select(x.EqualTo(y), zero, x + y));

        MapTrial.Check(program, interpreted: false, 403);
        MapTrial.Check(CompiledMapKernel.CompileTogether(program, 3), 403);
    }

    static ScalarProgram Program(Func<Scalar, Scalar> function, DType type)
    {
        var builder = new ScalarBuilder();
        return builder.Build(function(builder.Input(type)));
    }
}
