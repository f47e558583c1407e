using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx;

public sealed class TensorReaderTests
{
    [Fact]
    public void Raw_bytes_and_typed_fields_give_the_same_tensor()
    {
        var typed = new TensorProto { DataType = 1 };
        typed.Dims.Add([2, 2]);
        typed.FloatData.Add([1, -2.5f, float.NaN, 4]);
        Assert.Equal(Bytes(TestModel.Raw("x", [1, -2.5f, float.NaN, 4], 2, 2)), Bytes(typed));
    }

    [Theory]
    [InlineData(6, DType.Int32, new[] { 1, -2 }, new byte[] { 1, 0, 0, 0, 254, 255, 255, 255 })]
    [InlineData(5, DType.Int16, new[] { 1, -2 }, new byte[] { 1, 0, 254, 255 })]
    [InlineData(2, DType.UInt8, new[] { 1, 254 }, new byte[] { 1, 254 })]
    [InlineData(9, DType.Bool, new[] { 1, 0 }, new byte[] { 1, 0 })]
    [InlineData(10, DType.Float16, new[] { 0x3c00, 0xc000 }, new byte[] { 0, 0x3c, 0, 0xc0 })]
    [InlineData(16, DType.BFloat16, new[] { 0x3f80, 0xc000 }, new byte[] { 0x80, 0x3f, 0, 0xc0 })]
    public void Narrow_types_stand_one_in_each_int32(int type, DType carrier, int[] stored, byte[] bytes)
    {
        var tensor = new TensorProto { DataType = type };
        tensor.Dims.Add(2);
        tensor.Int32Data.Add(stored);
        var value = Assert.IsType<OnnxTensor>(TensorReader.Read(tensor));
        Assert.Equal(carrier, value.Tensor.DType);
        Assert.Equal(bytes, value.Tensor.ToBytes());
    }

    [Theory]
    [InlineData(22, new byte[] { 0x81, 0x0f }, new sbyte[] { 1, -8, -1 })]
    [InlineData(26, new byte[] { 0b11_10_01 }, new sbyte[] { 1, -2, -1 })]
    public void Integers_of_a_few_bits_are_unpacked_from_the_low_end_and_keep_their_sign(int type, byte[] raw, sbyte[] wanted)
    {
        var tensor = new TensorProto { DataType = type, RawData = ByteString.CopyFrom(raw) };
        tensor.Dims.Add(3);
        var value = (OnnxTensor)TensorReader.Read(tensor);
        Assert.Equal((OnnxDType)type, value.Type);
        Assert.Equal(wanted, value.Tensor.ToArray<sbyte>());
    }

    [Theory]
    [InlineData(OnnxDType.Float8E4M3FN, 0x7e, 448f)]
    [InlineData(OnnxDType.Float8E4M3FN, 0x01, 0.001953125f)]
    [InlineData(OnnxDType.Float8E4M3FNUZ, 0x7f, 240f)]
    [InlineData(OnnxDType.Float8E5M2, 0x7b, 57344f)]
    [InlineData(OnnxDType.Float8E5M2, 0x7c, float.PositiveInfinity)]
    [InlineData(OnnxDType.Float8E5M2FNUZ, 0x01, 7.62939453125e-06f)]
    [InlineData(OnnxDType.Float4E2M1, 0x0d, -3f)]
    [InlineData(OnnxDType.Float8E8M0, 0x7f, 1f)]
    public void Codes_of_narrow_floats_mean_what_the_format_says(OnnxDType type, int code, float wanted) => Assert.Equal(wanted, NarrowFloat.Decode(type, code));

    [Theory]
    [InlineData(OnnxDType.Float8E4M3FN)]
    [InlineData(OnnxDType.Float8E4M3FNUZ)]
    [InlineData(OnnxDType.Float8E5M2)]
    [InlineData(OnnxDType.Float8E5M2FNUZ)]
    [InlineData(OnnxDType.Float4E2M1)]
    public void Rounding_goes_to_the_nearest_number_and_at_ties_to_the_even_code(OnnxDType type)
    {
        float[] numbers = [.. Enumerable.Range(0, type == OnnxDType.Float4E2M1 ? 8 : 128).Select(code => NarrowFloat.Decode(type, code)).Where(float.IsFinite)];
        float[] between = [.. numbers.Zip(numbers.Skip(1), (a, b) => (a + b) / 2)];
        float[] wanted = [.. numbers.Zip(numbers.Skip(1), (a, b) => Array.IndexOf(numbers, a) % 2 == 0 ? a : b)];
        NarrowFloat narrow = NarrowFloat.Of(type);
        Assert.Equal(numbers, narrow.Round(Tensor.From<float>(numbers, numbers.Length), true).ToArray<float>());
        Assert.Equal(wanted, narrow.Round(Tensor.From<float>(between, between.Length), true).ToArray<float>());
        Assert.Equal(numbers[^1], narrow.Round(Tensor.From<float>([1e30f], 1), true).Item<float>());
    }

    [Fact]
    public void Bits_are_taken_for_another_type_of_the_same_width()
    {
        var four = new OnnxTensor(Tensor.From<sbyte>([1, -8, -1], 3), OnnxDType.Int4);
        var unsigned = (OnnxTensor)TestModel.Run("BitCast", [four], [TestModel.Int("to", 21)], 26)[0];
        Assert.Equal(OnnxDType.UInt4, unsigned.Type);
        Assert.Equal(new byte[] { 1, 8, 15 }, unsigned.Tensor.ToArray<byte>());
        // 0x38 is 1 where 3 bits are fraction and the bias is 7.
        var eight = (OnnxTensor)TestModel.Run("BitCast", [Tensor.From<byte>([0x38, 0xb8], 2)], [TestModel.Int("to", 17)], 26)[0];
        Assert.Equal([1f, -1f], eight.Tensor.ToArray<float>());
        Assert.Equal(new byte[] { 0x38, 0xb8 }, ((OnnxTensor)TestModel.Run("BitCast", [eight], [TestModel.Int("to", 2)], 26)[0]).Tensor.ToArray<byte>());
        Assert.Contains("elements of Float32 have 32 bits, of Int8 8. Cast, or name a type of the same width.", Assert.Throws<OnnxException>(() => TestModel.Run("BitCast", [TestModel.F([1])], [TestModel.Int("to", 3)], 26)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_and_sequences_of_maps_are_read()
    {
        var values = new SequenceProto { ElemType = 1, TensorValues = { TestModel.Raw("", [0.25f, 0.75f], 2) } };
        var map = new MapProto { KeyType = 8, Values = values, StringKeys = { ByteString.CopyFromUtf8("no"), ByteString.CopyFromUtf8("yes") } };
        var read = (OnnxMap)((OnnxSequence)TensorReader.Read(new SequenceProto { ElemType = 4, MapValues = { map } })).Items[0];
        Assert.Equal(["no", "yes"], read.Keys);
        Assert.Equal([0.25f, 0.75f], read.Values);
        map.StringKeys.RemoveAt(0);
        Assert.Equal("ONNX: map '' has 1 keys and 2 values. The file is damaged; export it again.", Assert.Throws<OnnxException>(() => TensorReader.Read(map)).Message);
    }

    [Fact]
    public void A_tensor_that_contradicts_itself_is_refused_and_costs_no_memory()
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, RawData = ByteString.CopyFrom(new byte[8]) };
        tensor.Dims.Add([1 << 20, 1 << 10]);
        Assert.Equal("ONNX: tensor 'w' has 8 bytes, where Float32[1048576, 1024] asks for 4294967296. The file is damaged; export it again.", Fault(tensor));
        tensor.Dims.Add(1 << 20);
        Assert.Equal("ONNX: tensor 'w' has the extents [1048576, 1024, 1048576]; they are 0 or more, of 2147483647 elements at most. The file is damaged; export it again.", Fault(tensor));
        Assert.Equal("ONNX: tensor '' has the element type 77, which this format does not have. The file is damaged; export it again.", Fault(new TensorProto { DataType = 77 }));
    }

    static string Fault(TensorProto tensor) => Assert.Throws<OnnxException>(() => TensorReader.Read(tensor)).Message;

    static byte[] Bytes(TensorProto tensor) => ((OnnxTensor)TensorReader.Read(tensor)).Tensor.ToBytes();
}
