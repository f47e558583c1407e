using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Sixteen rows by sixteen of k: a cache line of each row is read once and whole.</summary>
readonly unsafe struct RowBlock512 : IRowBlock<Vector512<float>>
{
    const byte Even = 0b10_00_10_00;
    const byte Odd = 0b11_01_11_01;

    public static int Depth => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(float* data, nint step, float* vector, Vector512<float> sum)
    {
        if (!Avx512F.IsSupported)
        {
            for (int k = 0; k < Depth; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Gather(data + k, step), Vector512.Create(vector[k]), sum);
            }

            return sum;
        }

        Transpose4(data, step, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Transpose4(data + (4 * step), step, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Transpose4(data + (8 * step), step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Transpose4(data + (12 * step), step, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);

        // Even quarters hold k = 0 to 3 and 8 to 11, odd ones the others.
        Vector512<float> x0 = Avx512F.Shuffle4x128(a0, b0, Even), y0 = Avx512F.Shuffle4x128(c0, d0, Even);
        Vector512<float> x1 = Avx512F.Shuffle4x128(a1, b1, Even), y1 = Avx512F.Shuffle4x128(c1, d1, Even);
        Vector512<float> x2 = Avx512F.Shuffle4x128(a2, b2, Even), y2 = Avx512F.Shuffle4x128(c2, d2, Even);
        Vector512<float> x3 = Avx512F.Shuffle4x128(a3, b3, Even), y3 = Avx512F.Shuffle4x128(c3, d3, Even);
        a0 = Avx512F.Shuffle4x128(a0, b0, Odd);
        c0 = Avx512F.Shuffle4x128(c0, d0, Odd);
        a1 = Avx512F.Shuffle4x128(a1, b1, Odd);
        c1 = Avx512F.Shuffle4x128(c1, d1, Odd);
        a2 = Avx512F.Shuffle4x128(a2, b2, Odd);
        c2 = Avx512F.Shuffle4x128(c2, d2, Odd);
        a3 = Avx512F.Shuffle4x128(a3, b3, Odd);
        c3 = Avx512F.Shuffle4x128(c3, d3, Odd);
        sum = MultiplyAdd4(x0, y0, x1, y1, x2, y2, x3, y3, Even, vector, sum);
        sum = MultiplyAdd4(a0, c0, a1, c1, a2, c2, a3, c3, Even, vector + 4, sum);
        sum = MultiplyAdd4(x0, y0, x1, y1, x2, y2, x3, y3, Odd, vector + 8, sum);
        return MultiplyAdd4(a0, c0, a1, c1, a2, c2, a3, c3, Odd, vector + 12, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gather(float* data, nint step)
    {
        float* values = stackalloc float[Vector512<float>.Count];
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            values[i] = data[i * step];
        }

        return Vector512.Load(values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumChunks(float* data, nint step, float* vector, float* sums, float* ahead)
    {
        if (!Avx512F.IsSupported)
        {
            RowBlock256.SumChunks(data, step, vector, sums, ahead);
            RowBlock256.SumChunks(data + (4 * step), step, vector, sums + 16, ahead == null ? null : ahead + (4 * step));
            return;
        }

        Vector512<float> sum0 = default, sum1 = default;
        float* next = data + (4 * step);
        for (nint k = 0; k < TileShape.Depth; k += Depth)
        {
            if (ahead != null)
            {
                Fetch(ahead + k, step);
            }

            sum0 = MultiplyAddChunks(data + k, step, vector, sum0);
            sum1 = MultiplyAddChunks(next + k, step, vector, sum1);
            vector += 4 * Depth;
        }

        Vector512.Store(sum0, sums);
        Vector512.Store(sum1, sums + 16);
    }

    // A line of each row and chunk: so many streams no hardware foresees.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch(float* ahead, nint step)
    {
        for (int row = 0; row < 8; row++)
        {
            Sse.Prefetch1(ahead);
            Sse.Prefetch1(ahead + TileShape.Depth);
            Sse.Prefetch1(ahead + (2 * TileShape.Depth));
            Sse.Prefetch1(ahead + (3 * TileShape.Depth));
            ahead += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> MultiplyAddChunks(float* data, nint step, float* vector, Vector512<float> sum)
    {
        Transpose4(data, TileShape.Depth, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Transpose4(data + step, TileShape.Depth, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Transpose4(data + (2 * step), TileShape.Depth, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Transpose4(data + (3 * step), TileShape.Depth, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        // Even quarters hold k = 0 to 3 and 8 to 11, odd ones the others.
        Vector512<float> x0 = Avx512F.Shuffle4x128(a0, b0, Even), y0 = Avx512F.Shuffle4x128(c0, d0, Even);
        Vector512<float> x1 = Avx512F.Shuffle4x128(a1, b1, Even), y1 = Avx512F.Shuffle4x128(c1, d1, Even);
        Vector512<float> x2 = Avx512F.Shuffle4x128(a2, b2, Even), y2 = Avx512F.Shuffle4x128(c2, d2, Even);
        Vector512<float> x3 = Avx512F.Shuffle4x128(a3, b3, Even), y3 = Avx512F.Shuffle4x128(c3, d3, Even);
        a0 = Avx512F.Shuffle4x128(a0, b0, Odd);
        c0 = Avx512F.Shuffle4x128(c0, d0, Odd);
        a1 = Avx512F.Shuffle4x128(a1, b1, Odd);
        c1 = Avx512F.Shuffle4x128(c1, d1, Odd);
        a2 = Avx512F.Shuffle4x128(a2, b2, Odd);
        c2 = Avx512F.Shuffle4x128(c2, d2, Odd);
        a3 = Avx512F.Shuffle4x128(a3, b3, Odd);
        c3 = Avx512F.Shuffle4x128(c3, d3, Odd);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x0, y0, Even), Avx512F.BroadcastVector128ToVector512(vector), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x1, y1, Even), Avx512F.BroadcastVector128ToVector512(vector + 4), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x2, y2, Even), Avx512F.BroadcastVector128ToVector512(vector + 8), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x3, y3, Even), Avx512F.BroadcastVector128ToVector512(vector + 12), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a0, c0, Even), Avx512F.BroadcastVector128ToVector512(vector + 16), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a1, c1, Even), Avx512F.BroadcastVector128ToVector512(vector + 20), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a2, c2, Even), Avx512F.BroadcastVector128ToVector512(vector + 24), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a3, c3, Even), Avx512F.BroadcastVector128ToVector512(vector + 28), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x0, y0, Odd), Avx512F.BroadcastVector128ToVector512(vector + 32), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x1, y1, Odd), Avx512F.BroadcastVector128ToVector512(vector + 36), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x2, y2, Odd), Avx512F.BroadcastVector128ToVector512(vector + 40), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x3, y3, Odd), Avx512F.BroadcastVector128ToVector512(vector + 44), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a0, c0, Odd), Avx512F.BroadcastVector128ToVector512(vector + 48), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a1, c1, Odd), Avx512F.BroadcastVector128ToVector512(vector + 52), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a2, c2, Odd), Avx512F.BroadcastVector128ToVector512(vector + 56), sum);
        return Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(a3, c3, Odd), Avx512F.BroadcastVector128ToVector512(vector + 60), sum);
    }

    // Four rows: lane 4·i + j of register m is row j at k = 4·i + m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Transpose4(float* data, nint step, out Vector512<float> k0, out Vector512<float> k1, out Vector512<float> k2, out Vector512<float> k3)
    {
        Vector512<float> r0 = Vector512.Load(data);
        Vector512<float> r1 = Vector512.Load(data + step);
        Vector512<float> r2 = Vector512.Load(data + (2 * step));
        Vector512<float> r3 = Vector512.Load(data + (3 * step));
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        Vector512<double> high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        k0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        k1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        k2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        k3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> MultiplyAdd4(
        Vector512<float> x0, Vector512<float> y0, Vector512<float> x1, Vector512<float> y1, Vector512<float> x2, Vector512<float> y2, Vector512<float> x3, Vector512<float> y3,
        [ConstantExpected] byte quarters, float* vector, Vector512<float> sum)
    {
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x0, y0, quarters), Vector512.Create(vector[0]), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x1, y1, quarters), Vector512.Create(vector[1]), sum);
        sum = Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x2, y2, quarters), Vector512.Create(vector[2]), sum);
        return Vector512.FusedMultiplyAdd(Avx512F.Shuffle4x128(x3, y3, quarters), Vector512.Create(vector[3]), sum);
    }
}
