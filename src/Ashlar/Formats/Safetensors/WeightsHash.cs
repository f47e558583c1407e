using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ashlar;

/// <summary>One number for a set of named tensors: equal if and only if, but for collisions of SHA-256, names, dtypes, shapes and values are equal.</summary>
public static class WeightsHash
{
    /// <summary>The SHA-256 of the tensors, as 64 lower-case hexadecimal digits.</summary>
    /// <remarks>
    /// The hashed bytes, for each tensor in ordinal order of the names (by UTF-16 code units):
    /// <list type="number">
    /// <item>the length of the name's UTF-8 form, int32 little-endian, and those bytes;</item>
    /// <item>the length of the dtype's name (<c>bool</c>, <c>uint8</c>, … as <see cref="DTypeFacts"/> spells it), int32 little-endian, and its ASCII bytes;</item>
    /// <item>the rank, int32 little-endian, and every extent, outermost first, int64 little-endian;</item>
    /// <item>the elements, row-major, little-endian, with every NaN as 0x7E00 (float16), 0x7FC0 (bfloat16), 0x7FC00000 (float32) or 0x7FF8000000000000 (float64). -0 stays -0.</item>
    /// </list>
    /// Nothing stands before, between or behind the tensors; no tensor at all gives the SHA-256 of the empty string.
    /// </remarks>
    /// <param name="tensors">Any order; every name once.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public static string Of(IEnumerable<SafetensorsTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafetensorsTensor tensor in SafetensorsTensor.Sort(tensors))
        {
            AppendText(hash, tensor.Utf8Name);
            AppendText(hash, Encoding.ASCII.GetBytes(tensor.DType.Name));
            AppendInt32(hash, tensor.Shape.Rank);
            foreach (int extent in tensor.Shape)
            {
                AppendInt64(hash, extent);
            }

            CanonicalBytes.Write(tensor, hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void AppendText(IncrementalHash hash, byte[] text)
    {
        AppendInt32(hash, text.Length);
        hash.AppendData(text);
    }

    static void AppendInt32(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    static void AppendInt64(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
