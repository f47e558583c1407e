using Ashlar.Functions;
using Ashlar.Scalars;
using FsCheck;
using FsCheck.Fluent;

namespace Ashlar.Tests.Functions;

/// <summary>What holds between values of a function whatever its error.</summary>
public sealed class IdentityTests
{
    static readonly Arbitrary<float> Floats = ArbMap.Default.GeneratorFor<int>().Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite).ToArbitrary();

    [Fact]
    public void Odd_functions_are_odd_to_the_bit() => ForAll((x, apply) =>
        new Func<Scalar, Scalar>[] { Tanh.Of, Erf.Of, Sin.Of, ErfInverse.Of }.All(f => apply(f, -x).Equals(-apply(f, x))));

    [Fact]
    public void The_cosine_is_even_to_the_bit() => ForAll((x, apply) => apply(Cos.Of, -x).Equals(apply(Cos.Of, x)));

    [Fact]
    public void Sigmoids_of_x_and_minus_x_sum_to_one() => ForAll((x, apply) => Math.Abs(apply(Sigmoid.Of, x) + apply(Sigmoid.Of, -x) - 1) <= 1.2e-7f);

    [Fact]
    public void Tanh_and_erf_stay_within_one_and_sigmoid_between_zero_and_one() => ForAll((x, apply) =>
        Math.Abs(apply(Tanh.Of, x)) <= 1 && Math.Abs(apply(Erf.Of, x)) <= 1 && apply(Sigmoid.Of, x) is >= 0 and <= 1);

    [Fact]
    public void The_logarithm_undoes_the_exponential() => ForAll((x, apply) =>
        Math.Abs(x) > 80 || Math.Abs(apply(Log.Of, apply(Exp.Of, x)) - x) <= 1.2e-7f * Math.Max(1, Math.Abs(x)));

    [Fact]
    public void Near_zero_expm1_log1p_and_tanh_are_their_argument() => ForAll((x, apply) =>
        Math.Abs(x) > 1e-8f || new Func<Scalar, Scalar>[] { Expm1.Of, Log1p.Of, Tanh.Of, Sin.Of }.All(f => apply(f, x) == x));

    [Fact]
    public void Integers_have_no_elementary_functions()
    {
        Scalar x = new ScalarBuilder().Input(DType.Int32);
        var error = Assert.Throws<DTypeException>(() => Exp.Of(x));
        Assert.Equal("Exp: the argument is int32. Convert it to float32 or float64 first.", error.Message);
    }

    [Theory]
    [InlineData(0.3), InlineData(-2.0), InlineData(40.0)]
    public void The_host_gives_the_bits_of_a_tensor(double x)
    {
        Tensor tensor = Tensor.From([x], 1);
        Assert.Equal(tensor.Exp().Item<double>(), ElementaryFunctions.Exp(x));
        Assert.Equal(tensor.Log().Item<double>(), ElementaryFunctions.Log(x));
        Assert.Equal(tensor.Sin().Item<double>(), ElementaryFunctions.Sin(x));
        Assert.Equal(tensor.Cos().Item<double>(), ElementaryFunctions.Cos(x));
        Assert.Equal(tensor.Tanh().Item<double>(), ElementaryFunctions.Tanh(x));
        Assert.Equal(tensor.Pow(Tensor.From([2.5], 1)).Item<double>(), ElementaryFunctions.Pow(x, 2.5));
    }

    // Small magnitudes come from the default generator, all others from random bits.
    static void ForAll(Func<float, Func<Func<Scalar, Scalar>, float, float>, bool> property)
    {
        var small = ArbMap.Default.GeneratorFor<short>().Select(n => n / 64f).ToArbitrary();
        Prop.ForAll(Floats, x => property(x, Apply)).QuickCheckThrowOnFailure();
        Prop.ForAll(small, x => property(x, Apply)).QuickCheckThrowOnFailure();
    }

    static float Apply(Func<Scalar, Scalar> function, float x)
    {
        var builder = new ScalarBuilder();
        ScalarProgram program = builder.Build(function(builder.Input(DType.Float32)));
        var result = new long[1];
        ScalarInterpreter.Evaluate(program, [BitConverter.SingleToUInt32Bits(x)], result, new long[program.Instructions.Length]);
        return BitConverter.UInt32BitsToSingle((uint)result[0]);
    }
}
