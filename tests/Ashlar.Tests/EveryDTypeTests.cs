namespace Ashlar.Tests;

/// <summary>Tensors of every dtype from C# values and back.</summary>
public sealed class EveryDTypeTests
{
    [Fact]
    public void Elements_of_every_CSharp_type_go_in_and_come_out()
    {
        Same<bool>(true, false);
        Same<sbyte>(sbyte.MinValue, -1, sbyte.MaxValue);
        Same<byte>(0, 200, 255);
        Same<short>(short.MinValue, -1, short.MaxValue);
        Same<ushort>(0, 40000, ushort.MaxValue);
        Same<int>(int.MinValue, -1, int.MaxValue);
        Same<uint>(0, 3000000000, uint.MaxValue);
        Same<long>(long.MinValue, -1, long.MaxValue);
        Same<ulong>(0, 1UL << 63, ulong.MaxValue);
        Same<Half>((Half)1.5f, Half.Epsilon, Half.NegativeInfinity);
        Same<BFloat16>((BFloat16)1.5f, BFloat16.Epsilon, BFloat16.MinValue);
        Same<float>(1.5f, float.Epsilon, -0f);
        Same<double>(1.5, double.Epsilon, -0.0);
    }

    [Fact]
    public void Every_dtype_is_created_filled_and_cast()
    {
        foreach (DType type in DTypeFacts.All)
        {
            var shape = new Shape(2, 3);
            double one = 1;
            Assert.All(Tensor.Zeros(shape, type).To(DType.Float64).ToArray<double>(), x => Assert.Equal(0, x));
            Assert.All(Tensor.Ones(shape, type).To(DType.Float64).ToArray<double>(), x => Assert.Equal(one, x));
            Assert.All(Tensor.Full(shape, type == DType.Bool ? 1 : 100, type).To(DType.Float64).ToArray<double>(), x => Assert.Equal(type == DType.Bool ? 1 : 100, x));
            Assert.Equal(type == DType.Bool ? [0, 1, 1] : [0.0, 1, 2], Tensor.Arange(3).To(type).To(DType.Float64).ToArray<double>());
            Assert.Equal(type, Tensor.Scalar(1, type).DType);
        }
    }

    [Fact]
    public void Numbers_are_printed_by_their_dtype()
    {
        Assert.Equal("[0.1 1.5]", Tensor.From([(Half)0.1f, (Half)1.5f], 2).ToString());
        Assert.Equal("[0.1 1.5]", Tensor.From([(BFloat16)0.1f, (BFloat16)1.5f], 2).ToString());
        Assert.Equal("[18446744073709551615]", Tensor.From(new[] { ulong.MaxValue }, 1).ToString());
        Assert.Equal("[-128  127]", Tensor.From(new sbyte[] { -128, 127 }, 2).ToString());
    }

    [Fact]
    public void Floats_saturate_at_the_range_of_the_integer_they_become()
    {
        Tensor x = Tensor.From([float.NegativeInfinity, -1e30f, -129.7f, -1.9f, 254.9f, 70000.5f, 5e9f, 1e30f, float.NaN], 9);
        Assert.Equal([-128, -128, -128, -1, 127, 127, 127, 127, 0], x.To(DType.Int8).ToArray<sbyte>());
        Assert.Equal([0, 0, 0, 0, 254, 255, 255, 255, 0], x.To(DType.UInt8).ToArray<byte>());
        Assert.Equal([0, 0, 0, 0, 254, 65535, 65535, 65535, 0], x.To(DType.UInt16).ToArray<ushort>());
        Assert.Equal([0, 0, 0, 0, 254, 70000, uint.MaxValue, uint.MaxValue, 0], x.To(DType.UInt32).ToArray<uint>());
        Assert.Equal([0, 0, 0, 0, 254, 70000, 5000000000, ulong.MaxValue, 0], x.To(DType.UInt64).ToArray<ulong>());
    }

    [Fact]
    public void Reading_another_CSharp_type_is_refused()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.Ones(new Shape(2), DType.BFloat16).ToArray<float>());
        Assert.Equal("Read: the tensor is bfloat16, its elements are no Single. Cast it with To(Float32) first.", error.Message);
    }

    static void Same<T>(params T[] values)
        where T : unmanaged
    {
        Tensor x = Tensor.From(values, values.Length);
        Assert.Equal(DTypeFacts.Of<T>(), x.DType);
        Assert.Equal(values, x.ToArray<T>());
        Assert.Equal(values, Tensor.FromBytes(x.ToBytes(), x.DType, x.Shape).Flip(0).Flip(0).ToArray<T>());
        Assert.Equal(values[^1], x.Slice(0, values.Length - 1, 1).Item<T>());
    }
}
