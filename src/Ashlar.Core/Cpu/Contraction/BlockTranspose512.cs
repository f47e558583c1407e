using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Sixteen rows of 4-byte elements, transposed in blocks of sixteen in 512-bit registers.</summary>
static unsafe class BlockTranspose512
{
    /// <summary>Rows at a time.</summary>
    public const int Side = 16;

    const byte Even = 0b10_00_10_00;
    const byte Odd = 0b11_01_11_01;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>destination[i, j] = source[rows[j] + direction · i].</summary>
    /// <param name="source">Base of the rows.</param>
    /// <param name="rows">[16] offset of each row.</param>
    /// <param name="length">Extent of i, at least 1. Nothing beyond is read or written.</param>
    /// <param name="destination">[length, 16], rows <paramref name="step"/> elements apart.</param>
    /// <param name="step">At least 16.</param>
    /// <param name="direction">1, or -1 to read backwards.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, int* rows, int length, float* destination, nint step, int direction)
    {
        for (int i = 0; i < length; i += Side)
        {
            int count = Math.Min(Side, length - i);
            float* from = source + (direction > 0 ? i : -(i + count - 1));
            float* to = direction > 0 ? destination + (i * step) : destination + ((i + count - 1) * step);
            Vector512<float> mask = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
            if (count == Side)
            {
                Block(from, rows, mask, true, Side, to, direction > 0 ? step : -step);
            }
            else
            {
                Block(from, rows, mask, false, count, to, direction > 0 ? step : -step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Block(float* source, int* rows, Vector512<float> mask, bool isWhole, int count, float* to, nint step)
    {
        Four(source, rows + 0, mask, isWhole, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Four(source, rows + 4, mask, isWhole, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Four(source, rows + 8, mask, isWhole, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Four(source, rows + 12, mask, isWhole, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);

        // Even quarters hold elements 0 to 3 and 8 to 11, odd ones the others.
        Vector512<float> x0 = Avx512F.Shuffle4x128(a0, b0, Even), y0 = Avx512F.Shuffle4x128(c0, d0, Even);
        Vector512<float> z0 = Avx512F.Shuffle4x128(a0, b0, Odd), w0 = Avx512F.Shuffle4x128(c0, d0, Odd);
        Vector512<float> x1 = Avx512F.Shuffle4x128(a1, b1, Even), y1 = Avx512F.Shuffle4x128(c1, d1, Even);
        Vector512<float> z1 = Avx512F.Shuffle4x128(a1, b1, Odd), w1 = Avx512F.Shuffle4x128(c1, d1, Odd);
        Vector512<float> x2 = Avx512F.Shuffle4x128(a2, b2, Even), y2 = Avx512F.Shuffle4x128(c2, d2, Even);
        Vector512<float> z2 = Avx512F.Shuffle4x128(a2, b2, Odd), w2 = Avx512F.Shuffle4x128(c2, d2, Odd);
        Vector512<float> x3 = Avx512F.Shuffle4x128(a3, b3, Even), y3 = Avx512F.Shuffle4x128(c3, d3, Even);
        Vector512<float> z3 = Avx512F.Shuffle4x128(a3, b3, Odd), w3 = Avx512F.Shuffle4x128(c3, d3, Odd);
        Put(0, count, Avx512F.Shuffle4x128(x0, y0, Even), ref to, step);
        Put(1, count, Avx512F.Shuffle4x128(x1, y1, Even), ref to, step);
        Put(2, count, Avx512F.Shuffle4x128(x2, y2, Even), ref to, step);
        Put(3, count, Avx512F.Shuffle4x128(x3, y3, Even), ref to, step);
        Put(4, count, Avx512F.Shuffle4x128(z0, w0, Even), ref to, step);
        Put(5, count, Avx512F.Shuffle4x128(z1, w1, Even), ref to, step);
        Put(6, count, Avx512F.Shuffle4x128(z2, w2, Even), ref to, step);
        Put(7, count, Avx512F.Shuffle4x128(z3, w3, Even), ref to, step);
        Put(8, count, Avx512F.Shuffle4x128(x0, y0, Odd), ref to, step);
        Put(9, count, Avx512F.Shuffle4x128(x1, y1, Odd), ref to, step);
        Put(10, count, Avx512F.Shuffle4x128(x2, y2, Odd), ref to, step);
        Put(11, count, Avx512F.Shuffle4x128(x3, y3, Odd), ref to, step);
        Put(12, count, Avx512F.Shuffle4x128(z0, w0, Odd), ref to, step);
        Put(13, count, Avx512F.Shuffle4x128(z1, w1, Odd), ref to, step);
        Put(14, count, Avx512F.Shuffle4x128(z2, w2, Odd), ref to, step);
        Put(15, count, Avx512F.Shuffle4x128(z3, w3, Odd), ref to, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(int place, int count, Vector512<float> value, ref float* to, nint step)
    {
        if (place < count)
        {
            Vector512.Store(value, to);
            to += step;
        }
    }

    // Loads under a mask are slower.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Load(float* source, Vector512<float> mask, bool isWhole) =>
        isWhole ? Vector512.Load(source) : Avx512F.MaskLoad(source, mask, Vector512<float>.Zero);

    // Four rows: lane 4·i + j of register m is row j at element 4·i + m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four(float* data, int* rows, Vector512<float> mask, bool isWhole, out Vector512<float> e0, out Vector512<float> e1, out Vector512<float> e2, out Vector512<float> e3)
    {
        Vector512<float> r0 = Load(data + rows[0], mask, isWhole);
        Vector512<float> r1 = Load(data + rows[1], mask, isWhole);
        Vector512<float> r2 = Load(data + rows[2], mask, isWhole);
        Vector512<float> r3 = Load(data + rows[3], mask, isWhole);
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        Vector512<double> high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        e0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        e1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        e2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        e3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }
}
