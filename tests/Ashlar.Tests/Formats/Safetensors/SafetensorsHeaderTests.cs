using System.Buffers.Binary;

namespace Ashlar.Tests.Formats.Safetensors;

public sealed class SafetensorsHeaderTests
{
    const string Damaged = "The file is damaged or its writer broke the format; write it again.";

    [Theory]
    [InlineData("[]", 8, "the byte 0x5B", "'{', which begins the header", "Check that it is a safetensors file.")]
    [InlineData("", 8, "an empty header", "'{', which begins the header", "Check that it is a safetensors file.")]
    [InlineData("{", 9, "the end of the header", "'}' or a name with its ':'", Damaged)]
    [InlineData("{} {}", 11, "'{}', which is not JSON", "nothing but spaces behind the header's '}'", Damaged)]
    [InlineData("""{"a":1}""", 13, "'1}'", "'{', which begins the description of tensor 'a'", Damaged)]
    [InlineData("""{"a":{}}""", 14, "tensor 'a' without dtype and shape and data_offsets", "dtype, shape and data_offsets", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", 38, "tensor 'a' without data_offsets", "dtype, shape and data_offsets", Damaged)]
    [InlineData("""{"a":{"dtype":"C64X"}}""", 22, "the dtype 'C64X' of tensor 'a'", "one of BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64", "Convert the tensor to one of these before saving it.")]
    [InlineData("""{"a":{"dtype":8}}""", 22, "'8}}'", "text as the dtype of tensor 'a'", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8"}}""", 27, "the field 'dtype' of tensor 'a' for the second time", "every field once", Damaged)]
    [InlineData("""{"a":{"shape":[],"shape":[]}}""", 25, "the field 'shape' of tensor 'a' for the second time", "every field once", Damaged)]
    [InlineData("""{"a":{"data_offsets":[0,0],"data_offsets":[0,0]}}""", 35, "the field 'data_offsets' of tensor 'a' for the second time", "every field once", Damaged)]
    [InlineData("""{"a":{"offset":0}}""", 14, "the field 'offset' of tensor 'a'", "dtype, shape and data_offsets only", Damaged)]
    [InlineData("""{"a":{"shape":1}}""", 22, "'1}}'", "'[', which begins the shape of tensor 'a'", Damaged)]
    [InlineData("""{"a":{"shape":[-1]}}""", 23, "'-1]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":[2147483648]}}""", 23, "'2147483648]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":[99999999999999999999]}}""", 23, "'99999999999999999999]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":[1.5]}}""", 23, "'1.5]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":[[[[2]]]]}}""", 23, "'[[[2]]]]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":["2"]}}""", 23, "'\"2\"]}}'", "an extent of tensor 'a' from 0 to 2147483647", Damaged)]
    [InlineData("""{"a":{"shape":[2147483647,2147483647]}}""", 34, "a shape of tensor 'a' with 4611686014132420609 elements or more", "at most 2147483647", "Split the tensor.")]
    [InlineData("""{"a":{"data_offsets":0}}""", 29, "'0}}'", "'[', which begins the data_offsets of tensor 'a'", Damaged)]
    [InlineData("""{"a":{"data_offsets":[]}}""", 30, "']}}'", "an offset of tensor 'a' from 0 to 4, the bytes behind the header", Damaged)]
    [InlineData("""{"a":{"data_offsets":[0]}}""", 31, "']}}'", "an offset of tensor 'a' from 0 to 4, the bytes behind the header", Damaged)]
    [InlineData("""{"a":{"data_offsets":[-1,4]}}""", 30, "'-1,4]}}'", "an offset of tensor 'a' from 0 to 4, the bytes behind the header", Damaged)]
    [InlineData("""{"a":{"data_offsets":[0,5]}}""", 32, "'5]}}'", "an offset of tensor 'a' from 0 to 4, the bytes behind the header", Damaged)]
    [InlineData("""{"a":{"data_offsets":[3,2]}}""", 32, "data_offsets [3, 2] of tensor 'a'", "an end not before the begin", Damaged)]
    [InlineData("""{"a":{"data_offsets":[0,1,2]}}""", 34, "'2]}}'", "']' behind two data_offsets of tensor 'a'", Damaged)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 59, "data_offsets [0, 4] of 4 bytes for tensor 'a'", "the 8 bytes of float32 [2]", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", 114, "tensor 'b' overlapping the one before it by 1 bytes", "tensors that follow each other without gap or overlap", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", 115, "a gap of 1 bytes before tensor 'b'", "tensors that follow each other without gap or overlap", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 64, "1 bytes behind the last tensor", "the end of the file", Damaged)]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\u0061":{}}""", 61, "'a' for the second time", "every name once", Damaged)]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 27, "'__metadata__' for the second time", "every name once", Damaged)]
    [InlineData("""{"__metadata__":[]}""", 24, "'[]}'", "'{', which begins the metadata", Damaged)]
    [InlineData("""{"__metadata__":{"k":1}}""", 29, "'1}}'", "text as the value of the metadata key 'k'", Damaged)]
    [InlineData("""{"__metadata__":{"k":"","k":""}}""", 32, "the metadata key 'k' for the second time", "every key once", Damaged)]
    [InlineData("""{"\ud800":{}}""", 9, "half of a surrogate pair as an escape", "valid text", Damaged)]
    [InlineData("""{"a":{"dtype":tru}}""", 22, "'tru}}', which is not JSON", "text as the dtype of tensor 'a'", Damaged)]
    [InlineData("""{"a" 1}""", 13, "'1}', which is not JSON", "'}' or a name with its ':'", Damaged)]
    public void A_header_that_breaks_the_format_is_refused(string header, long offset, string found, string expected, string remedy)
    {
        var e = Assert.Throws<ParseException>(() => Samples.Open(Samples.Raw(header, 4)));
        Assert.Equal($"w.safetensors: at byte {offset}: found {found}, expected {expected}. {remedy}", e.Message);
        Assert.Equal(offset, e.Offset);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_where_they_stand()
    {
        var e = Assert.Throws<ParseException>(() => Samples.Open(Samples.Raw([.. "{\"ä"u8, 0xFF, .. "\":1}"u8], 0)));
        Assert.Equal($"w.safetensors: at byte 12: found bytes that are not UTF-8, expected the header's text. {Damaged}", e.Message);
    }

    [Fact]
    public void More_than_64_extents_are_refused()
    {
        string ones = string.Join(",", Enumerable.Repeat(1, 65));
        var e = Assert.Throws<ParseException>(() => Samples.Open(Samples.Raw("{\"a\":{\"shape\":[" + ones + "]}}", 1)));
        Assert.Equal($"w.safetensors: at byte 151: found a shape of tensor 'a' with more than 64 extents, expected at most 64. {Damaged}", e.Message);
    }

    [Fact]
    public void A_file_shorter_than_the_length_of_its_header_is_refused()
    {
        var e = Assert.Throws<ParseException>(() => Samples.Open(new byte[7]));
        Assert.Equal("w.safetensors: at byte 0: found a file of 7 bytes, expected at least the 8 bytes of the header's length. Check that it is a safetensors file and was copied whole.", e.Message);
    }

    [Theory]
    [InlineData(100_000_001ul, "at most 100000000. Check that it is a safetensors file.")]
    [InlineData(ulong.MaxValue, "at most 100000000. Check that it is a safetensors file.")]
    [InlineData(3ul, "at most the 2 that follow in the file. Check that the file was copied whole.")]
    public void A_header_longer_than_allowed_or_than_the_file_is_refused(ulong length, string rest)
    {
        byte[] bytes = [0, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        var e = Assert.Throws<ParseException>(() => Samples.Open(bytes));
        Assert.Equal($"w.safetensors: at byte 0: found a header of {length} bytes, expected {rest}", e.Message);
    }
}
