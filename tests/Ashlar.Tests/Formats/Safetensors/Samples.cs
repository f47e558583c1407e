using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ashlar.Tests.Formats.Safetensors;

/// <summary>Tensors and files that the safetensors tests share.</summary>
static class Samples
{
    public static SafetensorsTensor Tensor<T>(string name, T[] values, params ReadOnlySpan<int> shape) where T : unmanaged =>
        new(name, DTypeFacts.Of<T>(), new Shape(shape), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static SafetensorsTensor[] OfEveryDType() =>
    [
        Tensor("mask", [true, false, true], 3),
        Tensor("bytes", new byte[] { 0, 127, 255 }, 3, 1),
        Tensor("counts", [1, -2, int.MaxValue, int.MinValue], 2, 2),
        Tensor("ids", [long.MinValue, long.MaxValue], 2),
        Tensor("weight", [1.5f, -0f, float.PositiveInfinity, float.Epsilon, 0.1f, -3e38f], 2, 3),
        Tensor("exact", [1.0 / 3], []),
        Tensor("empty", Array.Empty<double>(), 0, 7),
        Tensor("größe", [2.5f], 1),
        Tensor("i8", new sbyte[] { -128, -1, 127 }, 3),
        Tensor("i16", new short[] { short.MinValue, -1, short.MaxValue }, 3),
        Tensor("u16", new ushort[] { 0, 1, ushort.MaxValue }, 3),
        Tensor("u32", new uint[] { 0, uint.MaxValue }, 2),
        Tensor("u64", new ulong[] { 0, ulong.MaxValue }, 2),
        Tensor("f16", new[] { (Half)1.5f, -(Half)0f, Half.PositiveInfinity, Half.Epsilon, Half.MinValue }, 5),
        Tensor("bf16", new[] { (BFloat16)1.5f, (BFloat16)(-0f), BFloat16.PositiveInfinity, BFloat16.Epsilon, BFloat16.MinValue }, 5),
    ];

    public static byte[] Write(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    public static SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(new MemoryStream(bytes), "w.safetensors");

    /// <summary>A file of the given header, unpadded, and so many zero bytes of data.</summary>
    public static byte[] Raw(string header, int dataBytes) => Raw(Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] Raw(byte[] header, int dataBytes)
    {
        var bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }
}
