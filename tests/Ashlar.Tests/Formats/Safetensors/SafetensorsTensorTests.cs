namespace Ashlar.Tests.Formats.Safetensors;

public sealed class SafetensorsTensorTests
{
    [Fact]
    public void A_tensor_comes_back()
    {
        Tensor read = SafetensorsTensor.From("a", Tensor.From([1.5f, -0f, 3f, 4f, 5f, 6f], 2, 3)).ToTensor();
        Assert.Equal(new Shape(2, 3), read.Shape);
        Assert.Equal([0x3FC00000, int.MinValue, 0x40400000, 0x40800000, 0x40A00000, 0x40C00000], read.ToArray<float>().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_name_of_the_metadata_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Samples.Tensor("__metadata__", [1], 1));
        Assert.Equal("safetensors: a tensor is named '__metadata__', which the format keeps for the metadata. Rename the tensor.", e.Message);
    }

    [Fact]
    public void A_name_without_a_UTF8_form_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Samples.Tensor("a\ud800", [1], 1));
        Assert.Equal("safetensors: the tensor name 'a\ud800' holds half of a surrogate pair at character 1 and has no UTF-8 form. Use valid text.", e.Message);
    }

    [Fact]
    public void Bytes_that_do_not_fill_the_shape_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new SafetensorsTensor("a", DType.Int64, new Shape(2, 3), new byte[40]));
        Assert.Equal("safetensors: tensor 'a' is int64 [2, 3], which takes 48 bytes, and has 40. Pass the bytes of all elements, row-major.", e.Message);
    }

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new SafetensorsTensor("a", DType.Bool, new Shape(3), new byte[] { 1, 2, 0 }));
        Assert.Equal("safetensors: tensor 'a' is bool and holds 2 at element 1. Store 0 or 1.", e.Message);
    }
}
