using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>Rows of pairs to planes of real and imaginary parts [count, s], s rows side by side, and back.</summary>
static unsafe class PairMoves<T>
    where T : unmanaged
{
    // Elements of a row that are moved at a time: with sixteen rows they stay in the first-level cache.
    const int Piece = 64;

    static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    /// <param name="pairs">s rows, <paramref name="step"/> elements apart.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="count">Pairs of a row.</param>
    /// <param name="planes">[count, s].</param>
    /// <param name="s">Rows.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(T* pairs, nint step, int count, Planes<T> planes, int s)
    {
        if (s == 1)
        {
            SplitRow(pairs, count, planes.Re, planes.Im);
            return;
        }

        T* re = stackalloc T[2 * Piece * FftKernel<float>.MostRows];
        T* im = re + (s * Piece);
        for (int i = 0; i < count; i += Piece)
        {
            int part = Math.Min(Piece, count - i);
            for (int q = 0; q < s; q++)
            {
                SplitRow(pairs + (q * step) + (2 * (nint)i), part, re + (q * Piece), im + (q * Piece));
            }

            Linalg.MatrixMemory.Transpose(re, Piece, s, part, planes.Re + ((nint)i * s), s);
            Linalg.MatrixMemory.Transpose(im, Piece, s, part, planes.Im + ((nint)i * s), s);
        }
    }

    /// <param name="planes">[count, s].</param>
    /// <param name="pairs">s rows, <paramref name="step"/> elements apart.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="count">Pairs of a row.</param>
    /// <param name="s">Rows.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(Planes<T> planes, T* pairs, nint step, int count, int s)
    {
        if (s == 1)
        {
            JoinRow(planes.Re, planes.Im, count, pairs);
            return;
        }

        T* re = stackalloc T[2 * Piece * FftKernel<float>.MostRows];
        T* im = re + (s * Piece);
        for (int i = 0; i < count; i += Piece)
        {
            int part = Math.Min(Piece, count - i);
            Linalg.MatrixMemory.Transpose(planes.Re + ((nint)i * s), s, part, s, re, Piece);
            Linalg.MatrixMemory.Transpose(planes.Im + ((nint)i * s), s, part, s, im, Piece);
            for (int q = 0; q < s; q++)
            {
                JoinRow(re + (q * Piece), im + (q * Piece), part, pairs + (q * step) + (2 * (nint)i));
            }
        }
    }

    /// <summary>Columns of pairs that are neighbours to planes.</summary>
    /// <param name="pairs">[count, s, 2], rows <paramref name="step"/> elements apart.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="count">Rows.</param>
    /// <param name="planes">[count, s].</param>
    /// <param name="s">Columns.</param>
    public static void SplitColumns(T* pairs, nint step, int count, Planes<T> planes, int s)
    {
        for (int i = 0; i < count; i++)
        {
            SplitRow(pairs + (i * step), s, planes.Re + ((nint)i * s), planes.Im + ((nint)i * s));
        }
    }

    /// <summary>Planes to columns of pairs that are neighbours.</summary>
    /// <inheritdoc cref="SplitColumns"/>
    public static void JoinColumns(Planes<T> planes, T* pairs, nint step, int count, int s)
    {
        for (int i = 0; i < count; i++)
        {
            JoinRow(planes.Re + ((nint)i * s), planes.Im + ((nint)i * s), s, pairs + (i * step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SplitRow(T* pairs, int count, T* re, T* im)
    {
        int i = 0;
        for (; Avx2.IsSupported && i <= count - Width; i += Width)
        {
            if (sizeof(T) == 4)
            {
                Vector256<float> a = Vector256.Load((float*)(pairs + (2 * i)));
                Vector256<float> b = Vector256.Load((float*)(pairs + (2 * i) + Width));
                Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(a, b, 0x88).AsDouble(), 0xD8).AsSingle(), (float*)(re + i));
                Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(a, b, 0xDD).AsDouble(), 0xD8).AsSingle(), (float*)(im + i));
            }
            else
            {
                Vector256<double> a = Vector256.Load((double*)(pairs + (2 * i)));
                Vector256<double> b = Vector256.Load((double*)(pairs + (2 * i) + Width));
                Vector256.Store(Avx2.Permute4x64(Avx.UnpackLow(a, b), 0xD8), (double*)(re + i));
                Vector256.Store(Avx2.Permute4x64(Avx.UnpackHigh(a, b), 0xD8), (double*)(im + i));
            }
        }

        for (; i < count; i++)
        {
            re[i] = pairs[2 * i];
            im[i] = pairs[(2 * i) + 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void JoinRow(T* re, T* im, int count, T* pairs)
    {
        int i = 0;
        for (; Avx2.IsSupported && i <= count - Width; i += Width)
        {
            if (sizeof(T) == 4)
            {
                Vector256<float> a = Vector256.Load((float*)(re + i));
                Vector256<float> b = Vector256.Load((float*)(im + i));
                Vector256<float> low = Avx.UnpackLow(a, b);
                Vector256<float> high = Avx.UnpackHigh(a, b);
                Vector256.Store(Avx.Permute2x128(low, high, 0x20), (float*)(pairs + (2 * i)));
                Vector256.Store(Avx.Permute2x128(low, high, 0x31), (float*)(pairs + (2 * i) + Width));
            }
            else
            {
                Vector256<double> a = Vector256.Load((double*)(re + i));
                Vector256<double> b = Vector256.Load((double*)(im + i));
                Vector256<double> low = Avx.UnpackLow(a, b);
                Vector256<double> high = Avx.UnpackHigh(a, b);
                Vector256.Store(Avx.Permute2x128(low, high, 0x20), (double*)(pairs + (2 * i)));
                Vector256.Store(Avx.Permute2x128(low, high, 0x31), (double*)(pairs + (2 * i) + Width));
            }
        }

        for (; i < count; i++)
        {
            pairs[2 * i] = re[i];
            pairs[(2 * i) + 1] = im[i];
        }
    }
}
