using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Eight rows by eight of k.</summary>
readonly unsafe struct RowBlock256 : IRowBlock<Vector256<float>>
{
    const int LineElements = 16;

    public static int Depth => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(float* data, nint step, float* vector, Vector256<float> sum)
    {
        if (!Avx.IsSupported)
        {
            for (int k = 0; k < Depth; k++)
            {
                sum = Vector256.FusedMultiplyAdd(Gather(data + k, step), Vector256.Create(vector[k]), sum);
            }

            return sum;
        }

        return Half(data + 4, step, vector + 4, Half(data, step, vector, sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(float* data, nint step) => Vector256.Create(
        data[0], data[step], data[2 * step], data[3 * step], data[4 * step], data[5 * step], data[6 * step], data[7 * step]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumChunks(float* data, nint step, float* vector, float* sums, float* ahead)
    {
        Vector256<float> sum0 = default, sum1 = default;
        float* next = data + (2 * step);
        for (nint k = 0; k < TileShape.Depth; k += 4)
        {
            // A line of each row and chunk: so many streams no hardware foresees.
            if (ahead != null && Sse.IsSupported && k % LineElements == 0)
            {
                for (int chunk = 0; chunk < VectorProductPlan.ChunksTogether; chunk++)
                {
                    float* from = ahead + k + (chunk * TileShape.Depth);
                    Sse.Prefetch1(from);
                    Sse.Prefetch1(from + step);
                    Sse.Prefetch1(from + (2 * step));
                    Sse.Prefetch1(from + (3 * step));
                }
            }

            sum0 = MultiplyAddChunks(data + k, step, vector, sum0);
            sum1 = MultiplyAddChunks(next + k, step, vector, sum1);
            vector += 16;
        }

        Vector256.Store(sum0, sums);
        Vector256.Store(sum1, sums + 8);
    }

    // Four of k: each half of a register is a row, each lane of it a chunk.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> MultiplyAddChunks(float* data, nint step, float* vector, Vector256<float> sum)
    {
        if (!Avx.IsSupported)
        {
            for (int k = 0; k < 4; k++)
            {
                Vector256<float> column = Vector256.Create(
                    data[k], data[k + TileShape.Depth], data[k + (2 * TileShape.Depth)], data[k + (3 * TileShape.Depth)],
                    data[step + k], data[step + k + TileShape.Depth], data[step + k + (2 * TileShape.Depth)], data[step + k + (3 * TileShape.Depth)]);
                Vector128<float> factors = Vector128.Load(vector + (4 * k));
                sum = Vector256.FusedMultiplyAdd(column, Vector256.Create(factors, factors), sum);
            }

            return sum;
        }

        Vector256<float> r0 = Pair(data, data + step);
        Vector256<float> r1 = Pair(data + TileShape.Depth, data + step + TileShape.Depth);
        Vector256<float> r2 = Pair(data + (2 * TileShape.Depth), data + step + (2 * TileShape.Depth));
        Vector256<float> r3 = Pair(data + (3 * TileShape.Depth), data + step + (3 * TileShape.Depth));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(low01, low23).AsSingle(), Avx.BroadcastVector128ToVector256(vector), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackHigh(low01, low23).AsSingle(), Avx.BroadcastVector128ToVector256(vector + 4), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(high01, high23).AsSingle(), Avx.BroadcastVector128ToVector256(vector + 8), sum);
        return Vector256.FusedMultiplyAdd(Avx.UnpackHigh(high01, high23).AsSingle(), Avx.BroadcastVector128ToVector256(vector + 12), sum);
    }

    // Four of k, of which halves of rows are loaded into place, so that only shuffles inside the halves remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Half(float* data, nint step, float* vector, Vector256<float> sum)
    {
        Vector256<float> r0 = Pair(data, data + (4 * step));
        Vector256<float> r1 = Pair(data + step, data + (5 * step));
        Vector256<float> r2 = Pair(data + (2 * step), data + (6 * step));
        Vector256<float> r3 = Pair(data + (3 * step), data + (7 * step));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(low01, low23).AsSingle(), Vector256.Create(vector[0]), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackHigh(low01, low23).AsSingle(), Vector256.Create(vector[1]), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(high01, high23).AsSingle(), Vector256.Create(vector[2]), sum);
        return Vector256.FusedMultiplyAdd(Avx.UnpackHigh(high01, high23).AsSingle(), Vector256.Create(vector[3]), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
