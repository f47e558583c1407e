using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Square blocks of 8×8 elements of 4 bytes, or 4×4 of 8 bytes, transposed from scattered rows.</summary>
static unsafe class BlockTranspose
{
    /// <summary>Side of the block.</summary>
    public static int Side<T>()
        where T : unmanaged => 32 / sizeof(T);

    /// <summary>destination[i, j] = source[rows[j] + i].</summary>
    /// <param name="source">Base of the rows.</param>
    /// <param name="rows">[side] offset of each row.</param>
    /// <param name="destination">[side, side], rows <paramref name="step"/> elements apart.</param>
    /// <param name="step">At least 1; where it is below the side, each row overwrites the end of the one before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T* source, int* rows, T* destination, int step)
        where T : unmanaged
    {
        if (!Avx.IsSupported)
        {
            RunByElement(source, rows, destination, step);
        }
        else if (sizeof(T) == 4)
        {
            Run8x8((float*)source, rows, (float*)destination, step);
        }
        else
        {
            Run4x4((double*)source, rows, (double*)destination, step);
        }
    }

    static void RunByElement<T>(T* source, int* rows, T* destination, int step)
        where T : unmanaged
    {
        for (int i = 0; i < Side<T>(); i++)
        {
            for (int j = 0; j < Side<T>(); j++)
            {
                destination[j] = source[rows[j] + i];
            }

            destination += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run8x8(float* source, int* rows, float* destination, nint step)
    {
        // Halves are loaded into place, so that only shuffles inside the halves remain.
        Vector256<float> r0 = Halves(source + rows[0], source + rows[4]);
        Vector256<float> r1 = Halves(source + rows[1], source + rows[5]);
        Vector256<float> r2 = Halves(source + rows[2], source + rows[6]);
        Vector256<float> r3 = Halves(source + rows[3], source + rows[7]);
        Store4(r0, r1, r2, r3, destination, step);
        r0 = Halves(source + rows[0] + 4, source + rows[4] + 4);
        r1 = Halves(source + rows[1] + 4, source + rows[5] + 4);
        r2 = Halves(source + rows[2] + 4, source + rows[6] + 4);
        r3 = Halves(source + rows[3] + 4, source + rows[7] + 4);
        Store4(r0, r1, r2, r3, destination + (4 * step), step);
    }

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
    static void Run4x4(double* source, int* rows, double* destination, nint step)
    {
        for (int half = 0; half < 4; half += 2)
        {
            Vector256<double> r0 = Vector256.Create(Vector128.Load(source + rows[0] + half), Vector128.Load(source + rows[2] + half));
            Vector256<double> r1 = Vector256.Create(Vector128.Load(source + rows[1] + half), Vector128.Load(source + rows[3] + half));
            Vector256.Store(Avx.UnpackLow(r0, r1), destination + (half * step));
            Vector256.Store(Avx.UnpackHigh(r0, r1), destination + ((half + 1) * step));
        }
    }
}
