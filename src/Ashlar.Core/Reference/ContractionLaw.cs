namespace Ashlar.Reference;

/// <summary>The law of products: fused multiply-add along k in order, in chunks of 256 that each start from +0, the chunks' results added in order. Integers wrap.</summary>
public static class ContractionLaw
{
    /// <summary>Elements of one chunk.</summary>
    public const int Chunk = 256;

    /// <param name="type">Dtype of the elements and of the result.</param>
    /// <param name="a">Bits of the left elements along k.</param>
    /// <param name="b">Bits of the right elements along k.</param>
    /// <returns>Bits of Σ a·b; zero elements give +0.</returns>
    public static long Dot(DType type, ReadOnlySpan<long> a, ReadOnlySpan<long> b) => type switch
    {
        DType.Float32 => BitConverter.SingleToUInt32Bits(Single(a, b)),
        DType.Float64 => BitConverter.DoubleToInt64Bits(Double(a, b)),
        DType.Int32 => (uint)Integer(a, b),
        _ => Integer(a, b),
    };

    static float Single(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        float total = 0;
        for (int start = 0; start < a.Length; start += Chunk)
        {
            float sum = 0;
            for (int k = start; k < Math.Min(a.Length, start + Chunk); k++)
            {
                sum = MathF.FusedMultiplyAdd(BitConverter.UInt32BitsToSingle((uint)a[k]), BitConverter.UInt32BitsToSingle((uint)b[k]), sum);
            }

            total = start == 0 ? sum : total + sum;
        }

        return total;
    }

    static double Double(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        double total = 0;
        for (int start = 0; start < a.Length; start += Chunk)
        {
            double sum = 0;
            for (int k = start; k < Math.Min(a.Length, start + Chunk); k++)
            {
                sum = Math.FusedMultiplyAdd(BitConverter.Int64BitsToDouble(a[k]), BitConverter.Int64BitsToDouble(b[k]), sum);
            }

            total = start == 0 ? sum : total + sum;
        }

        return total;
    }

    static long Integer(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        long sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
