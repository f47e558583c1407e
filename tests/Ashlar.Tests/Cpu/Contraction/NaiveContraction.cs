using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

/// <summary>The numerics law of a contraction, one element at a time.</summary>
static class NaiveContraction
{
    public static void Run<T>(ContractionNest nest, T[] a, T[] b, T[] c)
        where T : unmanaged
    {
        for (int batch = 0; batch < nest.Batch; batch++)
        {
            for (int m = 0; m < nest.M; m++)
            {
                for (int n = 0; n < nest.N; n++)
                {
                    c[nest.BatchC[batch] + nest.RowC[m] + nest.ColumnC[n]] = Element(nest, a, b, batch, m, n);
                }
            }
        }
    }

    /// <summary>Σ x·y by the law: chains of 256 from +0, added in order.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
    {
        T result = default;
        for (int start = 0; start < x.Length; start += 256)
        {
            T sum = default;
            for (int k = start; k < Math.Min(start + 256, x.Length); k++)
            {
                sum = MultiplyAdd(x[k], y[k], sum);
            }

            result = start == 0 ? sum : Add(result, sum);
        }

        return result;
    }

    static T Element<T>(ContractionNest nest, T[] a, T[] b, int batch, int m, int n)
        where T : unmanaged
    {
        var x = new T[nest.K];
        var y = new T[nest.K];
        for (int k = 0; k < nest.K; k++)
        {
            x[k] = a[nest.BatchA[batch] + nest.RowA[m] + nest.DepthA[k]];
            y[k] = b[nest.BatchB[batch] + nest.DepthB[k] + nest.ColumnB[n]];
        }

        return Sum<T>(x, y);
    }

    static T MultiplyAdd<T>(T x, T y, T sum)
    {
        if (typeof(T) == typeof(float))
        {
            return (T)(object)MathF.FusedMultiplyAdd((float)(object)x!, (float)(object)y!, (float)(object)sum!);
        }

        if (typeof(T) == typeof(double))
        {
            return (T)(object)Math.FusedMultiplyAdd((double)(object)x!, (double)(object)y!, (double)(object)sum!);
        }

        return typeof(T) == typeof(int)
            ? (T)(object)unchecked(((int)(object)x! * (int)(object)y!) + (int)(object)sum!)
            : (T)(object)unchecked(((long)(object)x! * (long)(object)y!) + (long)(object)sum!);
    }

    static T Add<T>(T x, T y)
    {
        if (typeof(T) == typeof(float))
        {
            return (T)(object)((float)(object)x! + (float)(object)y!);
        }

        if (typeof(T) == typeof(double))
        {
            return (T)(object)((double)(object)x! + (double)(object)y!);
        }

        return typeof(T) == typeof(int)
            ? (T)(object)unchecked((int)(object)x! + (int)(object)y!)
            : (T)(object)unchecked((long)(object)x! + (long)(object)y!);
    }
}
