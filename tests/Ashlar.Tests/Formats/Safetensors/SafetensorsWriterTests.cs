using System.Buffers;
using System.Text;

namespace Ashlar.Tests.Formats.Safetensors;

public sealed class SafetensorsWriterTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Recorded from the format's first implementation, version 0.3 or later: safetensors.torch.save({"test": torch.zeros((2, 2), dtype=torch.float32)})
    [Fact]
    public void The_bytes_are_those_of_the_first_implementation()
    {
        byte[] expected = [64, 0, 0, 0, 0, 0, 0, 0, .. """{"test":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}    """u8, .. new byte[16]];

        Assert.Equal(expected, Samples.Write([Samples.Tensor("test", new float[4], 2, 2)]));
    }

    [Fact]
    public void Tensors_and_metadata_are_in_ordinal_order_whatever_order_they_come_in()
    {
        SafetensorsTensor[] tensors = [Samples.Tensor("b", [1], 1), Samples.Tensor("a", [2], 1), Samples.Tensor("B", [3], 1)];

        byte[] file = Samples.Write(tensors, new Dictionary<string, string> { ["z"] = "1", ["y"] = "\"ü\"" });

        string header = """{"__metadata__":{"y":"\"ü\"","z":"1"},"B":{"dtype":"I32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"I32","shape":[1],"data_offsets":[4,8]},"b":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}""";
        Assert.Equal(header, Encoding.UTF8.GetString(file.AsSpan(8, file[0])).TrimEnd(' '));
        Assert.Equal(0, file[0] % 8);
        Assert.Equal([3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0], file[^12..]);
        Assert.Equal(file, Samples.Write(tensors.Reverse(), new Dictionary<string, string> { ["y"] = "\"ü\"", ["z"] = "1" }));
    }

    [Fact]
    public void Every_NaN_is_written_as_the_canonical_one_and_other_values_keep_their_bits()
    {
        float[] singles = [BitConverter.UInt32BitsToSingle(0xFFC12345), BitConverter.UInt32BitsToSingle(0x7F800001), -0f, float.NegativeInfinity];
        double[] doubles = [BitConverter.UInt64BitsToDouble(0xFFF0000000000001), -0.0];

        SafetensorsTensor[] read = Samples.Open(Samples.Write([Samples.Tensor("s", singles, 4), Samples.Tensor("d", doubles, 2)])).ReadAll();

        Assert.Equal([0, 0, 0, 0, 0, 0, 0xF8, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0x80], read[0].Data.ToArray());
        Assert.Equal([0, 0, 0xC0, 0x7F, 0, 0, 0xC0, 0x7F, 0, 0, 0, 0x80, 0, 0, 0x80, 0xFF], read[1].Data.ToArray());
    }

    [Fact]
    public void Tensors_longer_than_a_chunk_are_written_whole()
    {
        float[] values = [.. Enumerable.Range(0, 50_001).Select(i => i % 1000 == 0 ? float.NaN : i)];

        SafetensorsTensor read = Samples.Open(Samples.Write([Samples.Tensor("x", values, values.Length)])).Read("x");

        Assert.Equal(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Select(x => float.IsNaN(x) ? BitConverter.UInt32BitsToSingle(0x7FC00000) : x).ToArray().AsSpan()), read.Data.Span);
    }

    [Fact]
    public void A_save_that_dies_after_the_header_keeps_the_previous_file()
    {
        string path = _folder.File("w.safetensors");
        SafetensorsWriter.Save(path, [Samples.Tensor("a", [1f, 2f], 2)]);
        byte[] before = File.ReadAllBytes(path);
        var data = new DyingMemory(8);
        var dying = new SafetensorsTensor("b", DType.Float32, new Shape(2), data.Memory);
        data.Die();

        Assert.Throws<IOException>(() => SafetensorsWriter.Save(path, [Samples.Tensor("a", [3f, 4f], 2), dying]));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["w.safetensors"], _folder.FileNames());
    }

    [Fact]
    public void A_name_twice_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Samples.Write([Samples.Tensor("a", [1], 1), Samples.Tensor("a", [2], 1)]));
        Assert.Equal("safetensors: two tensors are named 'a'. Give every tensor a name of its own.", e.Message);
    }

    [Fact]
    public void A_header_that_no_reader_would_accept_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Samples.Write([], new Dictionary<string, string> { ["k"] = new('x', 100_000_000) }));
        Assert.Equal("safetensors: the header of 0 tensors takes 100000025 bytes, more than the 100000000 that readers accept. Split the file or shorten the metadata.", e.Message);
    }

    /// <summary>Memory that can no longer be read from some point on, as when a process dies.</summary>
    sealed class DyingMemory(int length) : MemoryManager<byte>
    {
        readonly byte[] _bytes = new byte[length];
        bool _dead;

        public override Memory<byte> Memory => CreateMemory(_bytes.Length);

        public void Die() => _dead = true;

        public override Span<byte> GetSpan() => _dead ? throw new IOException("gone") : _bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
