namespace Ashlar.Tests;

public sealed class DTypeFactsTests
{
    [Fact]
    public void Dtypes_promote_as_the_recorded_table_says()
    {
        Assert.Equal(169, RecordedDTypes.Promotions.Count());
        foreach ((DType a, DType b, DType? expected) in RecordedDTypes.Promotions)
        {
            if (expected is DType type)
            {
                Assert.Equal((a, b, type), (a, b, DTypeFacts.Promote(a, b)));
                Assert.Equal((a, b, type == b), (a, b, DTypeFacts.CanCast(a, b)));
            }
            else
            {
                Assert.Equal($"Promote: no integer dtype holds both {a.Name} and {b.Name}. Cast one of them with To, to int64 if the numbers are below 2^63.", Assert.Throws<DTypeException>(() => DTypeFacts.Promote(a, b)).Message);
                Assert.False(DTypeFacts.CanCast(a, b));
            }
        }
    }

    [Fact]
    public void Any_order_of_dtypes_has_one_result()
    {
        foreach (DType a in DTypeFacts.All)
        {
            foreach (DType b in DTypeFacts.All)
            {
                Assert.Equal(DTypeFacts.ResultType(a, b, DType.Float32), DTypeFacts.ResultType(DType.Float32, b, a));
            }
        }

        Assert.Equal(DType.Float16, DTypeFacts.ResultType(DType.UInt64, DType.Int8, DType.Float16));
        Assert.Equal(DType.Int32, DTypeFacts.ResultType(DType.UInt8, DType.Bool, DType.Int8, DType.UInt16));
        Assert.StartsWith("ResultType: no dtypes are given. Give at least one.", Assert.Throws<ArgumentException>(() => DTypeFacts.ResultType()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_and_kinds_follow_from_the_names()
    {
        foreach (DType type in DTypeFacts.All)
        {
            int bits = type == DType.Bool ? 8 : int.Parse(new string([.. type.Name.Where(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(bits, 8 * type.ItemSize);
            Assert.Equal(type.Name.Contains("float", StringComparison.Ordinal), type.IsFloating);
            Assert.Equal(type.Name.Contains("int", StringComparison.Ordinal), type.IsInteger);
            Assert.Equal(type.IsFloating || type.Name.StartsWith("int", StringComparison.Ordinal), type.IsSigned);
        }
    }

    [Fact]
    public void Every_CSharp_type_has_its_dtype()
    {
        DType[] all =
        [
            DTypeFacts.Of<bool>(), DTypeFacts.Of<byte>(), DTypeFacts.Of<int>(), DTypeFacts.Of<long>(), DTypeFacts.Of<float>(), DTypeFacts.Of<double>(), DTypeFacts.Of<sbyte>(),
            DTypeFacts.Of<short>(), DTypeFacts.Of<ushort>(), DTypeFacts.Of<uint>(), DTypeFacts.Of<ulong>(), DTypeFacts.Of<Half>(), DTypeFacts.Of<BFloat16>(),
        ];
        Assert.Equal(DTypeFacts.All, all);
        Assert.StartsWith("dtype: no dtype holds elements of the C# type Char. Use bool,", Assert.Throws<DTypeException>(() => DTypeFacts.Of<char>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_of_integers_are_those_of_the_CSharp_types()
    {
        Assert.Equal(new IntegerInfo(DType.Int8, 8, sbyte.MaxValue, sbyte.MinValue), IntegerInfo.Of(DType.Int8));
        Assert.Equal(new IntegerInfo(DType.UInt16, 16, ushort.MaxValue, 0), IntegerInfo.Of(DType.UInt16));
        Assert.Equal(new IntegerInfo(DType.Int64, 64, long.MaxValue, long.MinValue), IntegerInfo.Of(DType.Int64));
        Assert.Equal(new IntegerInfo(DType.UInt64, 64, ulong.MaxValue, 0), IntegerInfo.Of(DType.UInt64));
        Assert.Equal("IntegerInfo: bool is no integer dtype. Use FloatInfo for floating ones.", Assert.Throws<DTypeException>(() => IntegerInfo.Of(DType.Bool)).Message);
    }

    [Fact]
    public void Limits_of_floats_are_those_of_their_bits()
    {
        Assert.Equal(new FloatInfo(DType.Float16, 16, 1.0 / 1024, (double)Half.MaxValue, (double)Half.MinValue, (double)BitConverter.UInt16BitsToHalf(0x0400)), FloatInfo.Of(DType.Float16));
        Assert.Equal(new FloatInfo(DType.BFloat16, 16, 1.0 / 128, BFloat16.MaxValue, BFloat16.MinValue, BFloat16.FromBits(0x0080)), FloatInfo.Of(DType.BFloat16));
        Assert.Equal(new FloatInfo(DType.Float32, 32, MathF.BitIncrement(1) - 1, float.MaxValue, float.MinValue, BitConverter.Int32BitsToSingle(0x00800000)), FloatInfo.Of(DType.Float32));
        Assert.Equal(new FloatInfo(DType.Float64, 64, Math.BitIncrement(1) - 1, double.MaxValue, double.MinValue, BitConverter.Int64BitsToDouble(1L << 52)), FloatInfo.Of(DType.Float64));
        Assert.Equal("FloatInfo: int32 is not floating. Use IntegerInfo for integers.", Assert.Throws<DTypeException>(() => FloatInfo.Of(DType.Int32)).Message);
    }
}
