using System.Runtime.InteropServices;

namespace Ashlar;

/// <summary>The bytes of a tensor with every NaN replaced by the canonical quiet one, so that equal results have equal files and hashes.</summary>
/// <remarks>
/// float16: 0x7E00, bfloat16: 0x7FC0, float32: 0x7FC00000, float64: 0x7FF8000000000000. The payload and the sign of a NaN differ between processors and are no part of the
/// numerics law; all other values, -0 included, keep their bits.
/// </remarks>
static class CanonicalBytes
{
    const int ChunkBytes = 1 << 16;

    public static void Write(SafetensorsTensor tensor, Action<ReadOnlySpan<byte>> write)
    {
        ReadOnlySpan<byte> data = tensor.Data.Span;
        if (!tensor.DType.IsFloating)
        {
            write(data);
            return;
        }

        var chunk = new byte[Math.Min(ChunkBytes, data.Length)];
        while (!data.IsEmpty)
        {
            Span<byte> part = chunk.AsSpan(0, Math.Min(chunk.Length, data.Length));
            data[..part.Length].CopyTo(part);
            if (tensor.DType == DType.Float32)
            {
                foreach (ref float x in MemoryMarshal.Cast<byte, float>(part))
                {
                    x = float.IsNaN(x) ? BitConverter.UInt32BitsToSingle(0x7FC00000) : x;
                }
            }
            else if (tensor.DType == DType.Float16)
            {
                foreach (ref Half x in MemoryMarshal.Cast<byte, Half>(part))
                {
                    x = Half.IsNaN(x) ? BitConverter.UInt16BitsToHalf(0x7E00) : x;
                }
            }
            else if (tensor.DType == DType.BFloat16)
            {
                foreach (ref BFloat16 x in MemoryMarshal.Cast<byte, BFloat16>(part))
                {
                    x = BFloat16.IsNaN(x) ? BFloat16.NaN : x;
                }
            }
            else
            {
                foreach (ref double x in MemoryMarshal.Cast<byte, double>(part))
                {
                    x = double.IsNaN(x) ? BitConverter.UInt64BitsToDouble(0x7FF8000000000000) : x;
                }
            }

            write(part);
            data = data[part.Length..];
        }
    }
}
