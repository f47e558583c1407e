namespace Ashlar.Tests.Formats.Safetensors;

public sealed class WeightsHashTests
{
    // python3 -c 'import hashlib,struct as s; t=lambda n,d,e,b: s.pack("<i",len(n.encode()))+n.encode()+s.pack("<i",len(d))+d.encode()+s.pack("<i",len(e))+s.pack("<%dq"%len(e),*e)+b
    // print(hashlib.sha256(t("b","int32",[2],s.pack("<2i",1,-1))+t("w","float32",[1,2],s.pack("<f",.5)+bytes([0,0,192,127]))+t("ä","bool",[],b"\1")).hexdigest())'
    [Fact]
    public void The_hash_is_that_of_the_documented_bytes()
    {
        SafetensorsTensor[] tensors = [Samples.Tensor("w", [0.5f, BitConverter.UInt32BitsToSingle(0xFFFFFFFF)], 1, 2), Samples.Tensor("ä", [true], []), Samples.Tensor("b", [1, -1], 2)];
        Assert.Equal("ae1f1b4d8b495db21690676fc35a50bac51211cefe316199f6c40fed7594dc26", WeightsHash.Of(tensors));
    }

    [Fact]
    public void No_tensors_hash_as_the_empty_string() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", WeightsHash.Of([]));

    [Fact]
    public void The_hash_survives_a_file()
    {
        SafetensorsTensor[] tensors = [.. Samples.OfEveryDType(), Samples.Tensor("nan", [-double.NaN, BitConverter.UInt64BitsToDouble(0xFFF8000000000123)], 2)];
        Assert.Equal(WeightsHash.Of(tensors), WeightsHash.Of(Samples.Open(Samples.Write(tensors)).ReadAll()));
    }

    [Fact]
    public void Name_dtype_shape_and_every_bit_of_a_value_count()
    {
        string[] hashes =
        [
            WeightsHash.Of([Samples.Tensor("a", [0f, 1f], 2)]),
            WeightsHash.Of([Samples.Tensor("b", [0f, 1f], 2)]),
            WeightsHash.Of([Samples.Tensor("a", [0, 0x3F800000], 2)]),
            WeightsHash.Of([Samples.Tensor("a", [0f, 1f], 1, 2)]),
            WeightsHash.Of([Samples.Tensor("a", [-0f, 1f], 2)]),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void A_name_twice_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => WeightsHash.Of([Samples.Tensor("a", [1], 1), Samples.Tensor("a", [1], 1)]));
        Assert.Equal("safetensors: two tensors are named 'a'. Give every tensor a name of its own.", e.Message);
    }
}
