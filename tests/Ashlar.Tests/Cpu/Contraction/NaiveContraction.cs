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

    static T Element<T>(ContractionNest nest, T[] a, T[] b, int batch, int m, int n)
        where T : unmanaged
    {
        T result = default;
        for (int start = 0; start < nest.K; start += 256)
        {
            T sum = default;
            for (int k = start; k < Math.Min(start + 256, nest.K); k++)
            {
                sum = MultiplyAdd(a[nest.BatchA[batch] + nest.RowA[m] + nest.DepthA[k]], b[nest.BatchB[batch] + nest.DepthB[k] + nest.ColumnB[n]], sum);
            }

            result = start == 0 ? sum : Add(result, sum);
        }

        return result;
    }

    static T MultiplyAdd<T>(T x, T y, T sum) => (x, y, sum) switch
    {
        (float p, float q, float r) => (T)(object)MathF.FusedMultiplyAdd(p, q, r),
        (double p, double q, double r) => (T)(object)Math.FusedMultiplyAdd(p, q, r),
        (int p, int q, int r) => (T)(object)unchecked((p * q) + r),
        (long p, long q, long r) => (T)(object)unchecked((p * q) + r),
        _ => throw new NotSupportedException(),
    };

    static T Add<T>(T x, T y) => (x, y) switch
    {
        (float p, float q) => (T)(object)(p + q),
        (double p, double q) => (T)(object)(p + q),
        (int p, int q) => (T)(object)unchecked(p + q),
        (long p, long q) => (T)(object)unchecked(p + q),
        _ => throw new NotSupportedException(),
    };
}
