using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Strips of 8 rows of 4-byte elements, or 4 of 8 bytes, transposed in square blocks.</summary>
static unsafe class BlockTranspose
{
    /// <summary>Side of the block.</summary>
    public static int Side<T>()
        where T : unmanaged => 32 / sizeof(T);

    /// <summary>destination[i, j] = source[rows[j] + direction · i].</summary>
    /// <param name="source">Base of the rows.</param>
    /// <param name="rows">[side] offset of each row.</param>
    /// <param name="length">Extent of i, at least the side. The last block reaches back rather than past the end.</param>
    /// <param name="destination">[length, side], rows <paramref name="step"/> elements apart.</param>
    /// <param name="step">At least 1; where it is below the side, each row overwrites the end of the one before.</param>
    /// <param name="direction">1, or -1 to read backwards.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T* source, int* rows, int length, T* destination, int step, int direction = 1)
        where T : unmanaged
    {
        if (!Avx.IsSupported)
        {
            RunByElement(source, rows, length, destination, step, direction);
        }
        else if (sizeof(T) == 4)
        {
            RunEight((float*)source, rows, length, (float*)destination, step, direction);
        }
        else
        {
            RunFour((double*)source, rows, length, (double*)destination, step, direction);
        }
    }

    static void RunByElement<T>(T* source, int* rows, int length, T* destination, int step, int direction)
        where T : unmanaged
    {
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < Side<T>(); j++)
            {
                destination[j] = source[rows[j] + (direction * i)];
            }

            destination += step;
        }
    }

    // All of a strip before the next one: rows a power of two apart compete for the same cache sets, and eight of them still fit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunEight(float* source, int* rows, nint length, float* destination, nint step, int direction)
    {
        float* r0 = source + rows[0];
        float* r1 = source + rows[1];
        float* r2 = source + rows[2];
        float* r3 = source + rows[3];
        float* r4 = source + rows[4];
        float* r5 = source + rows[5];
        float* r6 = source + rows[6];
        float* r7 = source + rows[7];
        for (nint i = 0; i < length; i += 8)
        {
            i = Math.Min(i, length - 8);
            float* to = destination + (i * step);
            if (direction < 0)
            {
                nint back = -7 - i;
                Store4Backwards(Halves(r0 + back + 4, r4 + back + 4), Halves(r1 + back + 4, r5 + back + 4), Halves(r2 + back + 4, r6 + back + 4), Halves(r3 + back + 4, r7 + back + 4), to, step);
                Store4Backwards(Halves(r0 + back, r4 + back), Halves(r1 + back, r5 + back), Halves(r2 + back, r6 + back), Halves(r3 + back, r7 + back), to + (4 * step), step);
                continue;
            }

            Store4(Halves(r0 + i, r4 + i), Halves(r1 + i, r5 + i), Halves(r2 + i, r6 + i), Halves(r3 + i, r7 + i), to, step);
            to += 4 * step;
            Store4(Halves(r0 + i + 4, r4 + i + 4), Halves(r1 + i + 4, r5 + i + 4), Halves(r2 + i + 4, r6 + i + 4), Halves(r3 + i + 4, r7 + i + 4), to, step);
        }
    }

    // Halves are loaded into place, so that only shuffles inside the halves remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Halves(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store4(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* destination, nint step)
    {
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        Vector256.Store(Avx.UnpackLow(low01, low23).AsSingle(), destination);
        Vector256.Store(Avx.UnpackHigh(low01, low23).AsSingle(), destination + step);
        Vector256.Store(Avx.UnpackLow(high01, high23).AsSingle(), destination + (2 * step));
        Vector256.Store(Avx.UnpackHigh(high01, high23).AsSingle(), destination + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store4Backwards(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* destination, nint step)
    {
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        Vector256.Store(Avx.UnpackHigh(high01, high23).AsSingle(), destination);
        Vector256.Store(Avx.UnpackLow(high01, high23).AsSingle(), destination + step);
        Vector256.Store(Avx.UnpackHigh(low01, low23).AsSingle(), destination + (2 * step));
        Vector256.Store(Avx.UnpackLow(low01, low23).AsSingle(), destination + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunFour(double* source, int* rows, nint length, double* destination, nint step, int direction)
    {
        double* r0 = source + rows[0];
        double* r1 = source + rows[1];
        double* r2 = source + rows[2];
        double* r3 = source + rows[3];
        for (nint i = 0; i < length; i += 4)
        {
            i = Math.Min(i, length - 4);
            double* to = destination + (i * step);
            if (direction < 0)
            {
                nint back = -3 - i;
                Store2Backwards(Halves(r0 + back + 2, r2 + back + 2), Halves(r1 + back + 2, r3 + back + 2), to, step);
                Store2Backwards(Halves(r0 + back, r2 + back), Halves(r1 + back, r3 + back), to + (2 * step), step);
                continue;
            }

            Store2(Halves(r0 + i, r2 + i), Halves(r1 + i, r3 + i), to, step);
            Store2(Halves(r0 + i + 2, r2 + i + 2), Halves(r1 + i + 2, r3 + i + 2), to + (2 * step), step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Halves(double* low, double* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store2(Vector256<double> r0, Vector256<double> r1, double* destination, nint step)
    {
        Vector256.Store(Avx.UnpackLow(r0, r1), destination);
        Vector256.Store(Avx.UnpackHigh(r0, r1), destination + step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store2Backwards(Vector256<double> r0, Vector256<double> r1, double* destination, nint step)
    {
        Vector256.Store(Avx.UnpackHigh(r0, r1), destination);
        Vector256.Store(Avx.UnpackLow(r0, r1), destination + step);
    }
}
