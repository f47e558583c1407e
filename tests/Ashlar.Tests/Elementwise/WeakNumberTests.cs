namespace Ashlar.Tests.Elementwise;

public sealed class WeakNumberTests
{
    [Fact]
    public void A_number_takes_the_dtype_and_raises_only_the_kind()
    {
        foreach (DType type in DTypeFacts.All)
        {
            Tensor x = Tensor.Ones(new Shape(2), type);
            DType withInteger = type == DType.Bool ? DType.Int64 : type;
            DType withFloat = type.IsFloating ? type : DType.Float32;
            Assert.Equal((type, withInteger, withInteger), (type, (x + 2).DType, (2 * x).DType));
            Assert.Equal((type, withFloat, withFloat), (type, (x + 2.0).DType, (2.5f - x).DType));
            Assert.Equal(DType.Bool, (x < 2).DType);
        }
    }

    [Fact]
    public void Results_are_those_of_the_tensors_dtype()
    {
        Assert.Equal([4, 255], (Tensor.From(new byte[] { 250, 245 }, 2) + 10).ToArray<byte>());
        Assert.Equal([2.5f], (Tensor.From([1], 1) + 1.5).ToArray<float>());
        Assert.Equal([(Half)0.1f], (Tensor.From([(Half)0f], 1) + 0.1).ToArray<Half>());
        Assert.Equal([true, false], (Tensor.From(new[] { ulong.MaxValue, 0UL }, 2) > 5).ToArray<bool>());
        Assert.Equal([2, 3], (7 / Tensor.From(new short[] { 3, 2 }, 2)).ToArray<short>());
        Assert.Equal([6, 5], ((Tensor.From([4, 7], 2) ^ 2) & 15).ToArray<int>());
        Assert.Equal([true, true], (Tensor.From([true, false], 2) | true).ToArray<bool>());
    }

    [Fact]
    public void Integers_stay_integers_beside_whole_numbers()
    {
        Tensor x = Tensor.From(new byte[] { 3, 100, 250 }, 3);
        Assert.Equal([10, 100, 200], x.Clip(10, 200).ToArray<byte>());
        Assert.Equal([3, 2, 5], Tensor.Remainder(x, 7).ToArray<byte>());
        Assert.Equal([0, 14, 35], Tensor.FloorDivide(x, 7).ToArray<byte>());
        Assert.Equal([3, 2, 5], Tensor.Fmod(x, 7).ToArray<byte>());
        Assert.Equal([5, 100, 250], Tensor.Maximum(x, 5).ToArray<byte>());
        Assert.Equal(DType.Float32, Tensor.Minimum(x, 5.5).DType);
    }

    [Fact]
    public void A_long_keeps_all_its_bits()
    {
        Tensor x = Tensor.From([9007199254740992, 9007199254740993], 2);
        Assert.Equal([false, true], x.EqualTo(9007199254740993).ToArray<bool>());
        Assert.Equal([9007199254740993, 9007199254740994], (x + 1).ToArray<long>());
    }

    [Fact]
    public void A_number_outside_the_dtype_is_refused()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.Ones(new Shape(2), DType.UInt8) + 256);
        Assert.Equal("Add: 256 is no uint8, which runs from 0 to 255. Cast the tensor to a wider dtype first.", error.Message);
        Assert.Throws<DTypeException>(() => Tensor.Ones(new Shape(2), DType.UInt64) > -1);
    }

    [Fact]
    public void Result_types_are_asked_as_in_the_Array_API()
    {
        Assert.Equal(DType.Int16, Tensor.ResultType(Tensor.Zeros(Shape.Scalar, DType.UInt8), Tensor.Zeros(Shape.Scalar, DType.Int8)));
        Assert.True(Tensor.CanCast(DType.UInt8, DType.Int16));
        Assert.False(Tensor.CanCast(DType.Int64, DType.Int32));
    }
}
