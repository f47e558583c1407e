using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Library;

/// <summary>Square blocks transposed in registers: as wide as a vector, so that a row of the block is one load and a column one store.</summary>
static unsafe class SquareTranspose
{
    /// <summary>Side of the block: 16 elements of 1 byte, 8 of 2, and what fills the widest vector of 4 or 8 bytes; 1 where the machine has no such shuffles.</summary>
    public static int Side<T>()
        where T : unmanaged => sizeof(T) switch
        {
            1 => Sse2.IsSupported ? 16 : 1,
            2 => Sse2.IsSupported ? 8 : 1,
            4 => Avx512F.IsSupported ? 16 : Avx.IsSupported ? 8 : 1,
            _ => Avx512F.IsSupported ? 8 : Avx.IsSupported ? 4 : 1,
        };

    /// <summary>Whether <see cref="Run"/> can write past the caches.</summary>
    public static bool CanStream<T>()
        where T : unmanaged => Avx512F.IsSupported && sizeof(T) >= sizeof(float);

    /// <summary>to[i, j] = from[j, i] for i and j below the side.</summary>
    /// <param name="from">First element; rows are <paramref name="fromStep"/> elements apart.</param>
    /// <param name="fromStep">Elements from a row to the next.</param>
    /// <param name="to">First element of the result.</param>
    /// <param name="toStep">Elements from a row of the result to the next.</param>
    /// <param name="streams">Whether the result is written past the caches, for which each of its rows must begin at a multiple of 64 bytes; where <see cref="CanStream"/> says so.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T* from, nint fromStep, T* to, nint toStep, bool streams = false)
        where T : unmanaged
    {
        if (sizeof(T) == 1 && Sse2.IsSupported)
        {
            Bytes((byte*)from, fromStep, (byte*)to, toStep);
        }
        else if (sizeof(T) == 2 && Sse2.IsSupported)
        {
            Words((ushort*)from, fromStep, (ushort*)to, toStep);
        }
        else if (sizeof(T) == 4 && Avx512F.IsSupported)
        {
            Wide((float*)from, fromStep, (float*)to, toStep, streams);
        }
        else if (sizeof(T) == 8 && Avx512F.IsSupported)
        {
            Wide((double*)from, fromStep, (double*)to, toStep, streams);
        }
        else if (sizeof(T) == 4 && Avx.IsSupported)
        {
            Full((float*)from, fromStep, (float*)to, toStep);
        }
        else if (sizeof(T) == 8 && Avx.IsSupported)
        {
            Full((double*)from, fromStep, (double*)to, toStep);
        }
        else
        {
            *to = *from;
        }
    }

    // Each round interleaves rows half the block apart; after four rounds the index bits of row and column have changed places.
    static void Bytes(byte* from, nint fromStep, byte* to, nint toStep)
    {
        Vector128<byte>* a = stackalloc Vector128<byte>[16];
        Vector128<byte>* b = stackalloc Vector128<byte>[16];
        for (int i = 0; i < 16; i++)
        {
            a[i] = Vector128.Load(from + (i * fromStep));
        }

        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 8; i++)
            {
                b[2 * i] = Sse2.UnpackLow(a[i], a[i + 8]);
                b[(2 * i) + 1] = Sse2.UnpackHigh(a[i], a[i + 8]);
            }

            Vector128<byte>* done = b;
            b = a;
            a = done;
        }

        for (int i = 0; i < 16; i++)
        {
            a[i].Store(to + (i * toStep));
        }
    }

    static void Words(ushort* from, nint fromStep, ushort* to, nint toStep)
    {
        Vector128<ushort>* a = stackalloc Vector128<ushort>[8];
        Vector128<ushort>* b = stackalloc Vector128<ushort>[8];
        for (int i = 0; i < 8; i++)
        {
            a[i] = Vector128.Load(from + (i * fromStep));
        }

        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                b[2 * i] = Sse2.UnpackLow(a[i], a[i + 4]);
                b[(2 * i) + 1] = Sse2.UnpackHigh(a[i], a[i + 4]);
            }

            Vector128<ushort>* done = b;
            b = a;
            a = done;
        }

        for (int i = 0; i < 8; i++)
        {
            a[i].Store(to + (i * toStep));
        }
    }

    // Quarters are loaded into place: row i of the quarter q stands at rows 4 q + i, so that only shuffles inside quarters remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Wide(float* from, nint fromStep, float* to, nint toStep, bool streams)
    {
        for (int column = 0; column < 16; column += 4)
        {
            float* at = from + column;
            Vector512<float> r0 = Quarters(at, 4 * fromStep);
            Vector512<float> r1 = Quarters(at + fromStep, 4 * fromStep);
            Vector512<float> r2 = Quarters(at + (2 * fromStep), 4 * fromStep);
            Vector512<float> r3 = Quarters(at + (3 * fromStep), 4 * fromStep);
            Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
            Vector512<double> high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
            Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
            Vector512<double> high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
            float* row = to + (column * toStep);
            Put(Avx512F.UnpackLow(low01, low23).AsSingle(), row, streams);
            Put(Avx512F.UnpackHigh(low01, low23).AsSingle(), row + toStep, streams);
            Put(Avx512F.UnpackLow(high01, high23).AsSingle(), row + (2 * toStep), streams);
            Put(Avx512F.UnpackHigh(high01, high23).AsSingle(), row + (3 * toStep), streams);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T>(Vector512<T> v, T* to, bool streams)
        where T : unmanaged
    {
        if (streams)
        {
            v.StoreAlignedNonTemporal(to);
        }
        else
        {
            v.Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Quarters(float* at, nint step) => Vector512.Create(
        Vector256.Create(Vector128.Load(at), Vector128.Load(at + step)),
        Vector256.Create(Vector128.Load(at + (2 * step)), Vector128.Load(at + (3 * step))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Wide(double* from, nint fromStep, double* to, nint toStep, bool streams)
    {
        for (int column = 0; column < 8; column += 2)
        {
            double* at = from + column;
            Vector512<double> even = Quarters(at, 2 * fromStep);
            Vector512<double> odd = Quarters(at + fromStep, 2 * fromStep);
            Put(Avx512F.UnpackLow(even, odd), to + (column * toStep), streams);
            Put(Avx512F.UnpackHigh(even, odd), to + ((column + 1) * toStep), streams);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Quarters(double* at, nint step) => Vector512.Create(
        Vector256.Create(Vector128.Load(at), Vector128.Load(at + step)),
        Vector256.Create(Vector128.Load(at + (2 * step)), Vector128.Load(at + (3 * step))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Full(float* from, nint fromStep, float* to, nint toStep)
    {
        for (int column = 0; column < 8; column += 4)
        {
            float* at = from + column;
            Vector256<float> r0 = Halves(at, 4 * fromStep);
            Vector256<float> r1 = Halves(at + fromStep, 4 * fromStep);
            Vector256<float> r2 = Halves(at + (2 * fromStep), 4 * fromStep);
            Vector256<float> r3 = Halves(at + (3 * fromStep), 4 * fromStep);
            Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
            Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
            Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
            Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
            float* row = to + (column * toStep);
            Avx.UnpackLow(low01, low23).AsSingle().Store(row);
            Avx.UnpackHigh(low01, low23).AsSingle().Store(row + toStep);
            Avx.UnpackLow(high01, high23).AsSingle().Store(row + (2 * toStep));
            Avx.UnpackHigh(high01, high23).AsSingle().Store(row + (3 * toStep));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Halves(float* at, nint step) => Vector256.Create(Vector128.Load(at), Vector128.Load(at + step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Full(double* from, nint fromStep, double* to, nint toStep)
    {
        for (int column = 0; column < 4; column += 2)
        {
            double* at = from + column;
            Vector256<double> even = Vector256.Create(Vector128.Load(at), Vector128.Load(at + (2 * fromStep)));
            Vector256<double> odd = Vector256.Create(Vector128.Load(at + fromStep), Vector128.Load(at + (3 * fromStep)));
            Avx.UnpackLow(even, odd).Store(to + (column * toStep));
            Avx.UnpackHigh(even, odd).Store(to + ((column + 1) * toStep));
        }
    }
}
