using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ashlar.Scalars;

namespace Ashlar.Tests.Schedule;

/// <summary>The bits of tensors with every NaN the same, for comparisons between executors.</summary>
static class Bits
{
    public static byte[] Of(Tensor tensor)
    {
        byte[] bytes = tensor.ToBytes();
        if (tensor.DType == DType.Float32)
        {
            foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
            {
                value = float.IsNaN(value) ? float.NaN : value;
            }
        }
        else if (tensor.DType == DType.Float64)
        {
            foreach (ref double value in MemoryMarshal.Cast<byte, double>(bytes.AsSpan()))
            {
                value = double.IsNaN(value) ? double.NaN : value;
            }
        }

        else if (tensor.DType.IsHalf)
        {
            foreach (ref ushort bits in MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()))
            {
                bits = double.IsNaN(ScalarBits.ToDouble(tensor.DType, bits)) ? (ushort)0x7FC0 : bits;
            }
        }

        return bytes;
    }

    public static string Hash(params ReadOnlySpan<Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Tensor tensor in tensors)
        {
            hash.AppendData(Of(tensor));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
