using Ashlar.Ir;
using Ashlar.Schedule;
using Ashlar.Tests.Cpu.Map;

namespace Ashlar.Tests.Reduction;

/// <summary>Sums, products, orders and matrix products of dtypes that are computed in a carrier, against 128-bit integers.</summary>
public sealed class CarriedDTypeTests
{
    public static TheoryData<Executor> Executors => new(Enum.GetValues<Executor>());

    [Theory, MemberData(nameof(Executors))]
    public void Integers_of_every_width_are_summed_multiplied_and_ordered_exactly(Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
        foreach (DType type in DTypeFacts.All.Where(type => type.IsInteger))
        {
            long[] bits = MapTrial.Samples(type, 40, 3);
            Int128[] numbers = [.. bits.Select(b => Number(type, b))];
            Tensor x = Tensor.FromBytes([.. bits.SelectMany(b => BitConverter.GetBytes(b)[..type.ItemSize])], type, new Shape(40));
            DType wide = type.IsSigned ? DType.Int64 : DType.UInt64;

            Require(wide, numbers.Aggregate((Int128)0, (a, b) => a + b), x.Sum());
            Require(type, numbers.Aggregate((Int128)0, (a, b) => a + b), x.Sum(dtype: type));
            Require(type, numbers.Aggregate((Int128)1, (a, b) => (Int128)(ulong)a * (ulong)b), (x | 1).Prod(dtype: type), numbers, odd: true);
            Require(type, numbers.Max(), x.Max());
            Require(type, numbers.Min(), x.Min());
            Require(DType.Int64, Array.IndexOf(numbers, numbers.Max()), x.ArgMax(0));
            Require(DType.Int64, Array.IndexOf(numbers, numbers.Min()), x.ArgMin(0));
            Require(type, numbers.Aggregate((Int128)0, (a, b) => a + (Int128)((ulong)b * (ulong)b)), x.MatMul(x));
        }
    }

    [Theory, MemberData(nameof(Executors))]
    public void Halves_are_summed_in_float32_and_rounded_once(Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
        Tensor large = Tensor.From([(Half)60000, (Half)60000, (Half)(-60000)], 3);
        Assert.Equal((Half)60000, large.Sum().Item<Half>());
        Assert.Equal((Half)60000, Tensor.Full(new Shape(1000), 60000, DType.Float16).Mean().Item<Half>());
        Assert.Equal((Half)0, Tensor.Full(new Shape(1000), 60000, DType.Float16).Var().Item<Half>());
        Assert.Equal((BFloat16)257f, Tensor.Ones(new Shape(257), DType.BFloat16).Sum().Item<BFloat16>());
        Assert.Equal((Half)(-60000), large.Min().Item<Half>());
        Assert.Equal((Half)60000, Tensor.Ones(new Shape(1, 3), DType.Float16).MatMul(large).Item<Half>());
        Assert.Equal(DType.BFloat16, Tensor.Ones(new Shape(2, 3), DType.BFloat16).LogSumExp([1]).DType);
    }

    [Fact]
    public void Sums_of_bool_count()
    {
        Tensor x = Tensor.From([true, false, true], 3);
        Assert.Equal(2, x.Sum().Item<long>());
        Assert.Equal(0, x.Prod().Item<long>());
        Assert.Equal(2f, x.Sum(dtype: DType.Float32).Item<float>());
        Assert.Equal(DType.UInt64, Tensor.Ones(new Shape(2), DType.UInt8).Sum().DType);
        Assert.Equal(300UL, Tensor.Full(new Shape(3), 100, DType.UInt8).Sum().Item<ulong>());
    }

    [Fact]
    public void The_extreme_of_nothing_is_the_limit_of_the_dtype()
    {
        foreach (DType type in DTypeFacts.All.Where(type => type.IsInteger))
        {
            Require(type, IntegerInfo.Of(type).Min, Tensor.Zeros(new Shape(0), type).Max());
            Require(type, IntegerInfo.Of(type).Max, Tensor.Zeros(new Shape(0), type).Min());
        }
    }

    [Fact]
    public void The_gradient_of_a_half_is_a_half()
    {
        Tensor x = Tensor.From([(BFloat16)1.5f, (BFloat16)(-2f)], 2);
        Tensor gradient = Transform.Gradient(t => (t * t).Sum())(x);
        Assert.Equal([(BFloat16)3f, (BFloat16)(-4f)], gradient.ToArray<BFloat16>());
        Tensor product = Transform.Gradient(t => t.Reshape(1, 2).MatMul(Tensor.From([(BFloat16)3f, (BFloat16)5f], 2, 1)).Sum().To(DType.Float32))(x);
        Assert.Equal([(BFloat16)3f, (BFloat16)5f], product.ToArray<BFloat16>());
    }

    [Fact]
    public void A_primitive_that_is_not_carried_says_so()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => new Node(Ashlar.Primitives.Reduce.ReducePrimitive.Instance, [Tensor.Ones(new Shape(2), DType.Float16).Node], new Ashlar.Primitives.Reduce.ReduceAttributes(ReduceKind.Sum, [0])));
        Assert.Equal("Sum: float16 is computed in float32. Record it through Op, which casts there and back.", error.Message);
    }

    static Int128 Number(DType type, long bits) => type switch
    {
        DType.Int8 => (sbyte)bits,
        DType.Int16 => (short)bits,
        DType.Int32 => (int)bits,
        DType.UInt64 => (ulong)bits,
        _ => bits,
    };

    static void Require(DType type, Int128 expected, Tensor actual)
    {
        Assert.Equal(type, actual.DType);
        Assert.Equal(BitConverter.GetBytes((ulong)expected)[..type.ItemSize], actual.ToBytes());
    }

    // The product of odd numbers: zeros would hide the others.
    static void Require(DType type, Int128 _, Tensor actual, Int128[] numbers, bool odd)
    {
        ulong product = numbers.Aggregate(1UL, (a, b) => a * ((ulong)b | (odd ? 1UL : 0)));
        Require(type, product, actual);
    }
}
