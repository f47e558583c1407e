using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Computes one tile of C over one chunk of k: rows × one or two registers of columns, every sum in a register.</summary>
/// <remarks>
/// Each element is one chain of <see cref="ILanes{T, TVector}.MultiplyAdd"/> along k that starts from +0; the chunk's sum is then stored, or added to what C holds.
/// Six rows by two registers are twelve independent chains: enough to cover the latency of two multiply-add units, and they fit sixteen registers beside the operands.
/// </remarks>
static unsafe class TileKernel<T, TVector, TLanes>
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    /// <param name="height"><see cref="TileShape.Tall"/> or <see cref="TileShape.Low"/>.</param>
    /// <param name="registers">Registers of columns, 1 or 2.</param>
    /// <param name="a">[depth, height] packed.</param>
    /// <param name="b">[depth, registers], rows <paramref name="stepB"/> elements apart.</param>
    /// <param name="stepB">Elements from one k to the next.</param>
    /// <param name="c">First column of the tile in row offset 0.</param>
    /// <param name="rows">[height] offset of each row in elements.</param>
    /// <param name="depth">Extent of k, 0 to 256.</param>
    /// <param name="add">Whether to add to C rather than to overwrite it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int height, int registers, T* a, T* b, nint stepB, T* c, int* rows, int depth, bool add)
    {
        if (registers == 2)
        {
            if (height == TileShape.Tall)
            {
                TallWide(a, b, stepB, c, rows, depth, add);
            }
            else
            {
                LowWide(a, b, stepB, c, rows, depth, add);
            }
        }
        else if (height == TileShape.Tall)
        {
            TallNarrow(a, b, stepB, c, rows, depth, add);
        }
        else
        {
            LowNarrow(a, b, stepB, c, rows, depth, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TallWide(T* a, T* b, nint stepB, T* c, int* rows, nint depth, bool add)
    {
        Fetch(c, rows, TileShape.Tall, 2);
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (nint k = depth; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TLanes.Load(b + TLanes.Count);
            TVector x = TLanes.Broadcast(a[0]);
            TVector y = TLanes.Broadcast(a[1]);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            c10 = TLanes.MultiplyAdd(y, b0, c10);
            c11 = TLanes.MultiplyAdd(y, b1, c11);
            x = TLanes.Broadcast(a[2]);
            y = TLanes.Broadcast(a[3]);
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            c30 = TLanes.MultiplyAdd(y, b0, c30);
            c31 = TLanes.MultiplyAdd(y, b1, c31);
            x = TLanes.Broadcast(a[4]);
            y = TLanes.Broadcast(a[5]);
            c40 = TLanes.MultiplyAdd(x, b0, c40);
            c41 = TLanes.MultiplyAdd(x, b1, c41);
            c50 = TLanes.MultiplyAdd(y, b0, c50);
            c51 = TLanes.MultiplyAdd(y, b1, c51);
            a += TileShape.Tall;
            b += stepB;
        }

        Put(c + rows[0], c00, c01, add);
        Put(c + rows[1], c10, c11, add);
        Put(c + rows[2], c20, c21, add);
        Put(c + rows[3], c30, c31, add);
        Put(c + rows[4], c40, c41, add);
        Put(c + rows[5], c50, c51, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void LowWide(T* a, T* b, nint stepB, T* c, int* rows, nint depth, bool add)
    {
        Fetch(c, rows, TileShape.Low, 2);
        TVector c00 = default, c01 = default, c10 = default, c11 = default;
        TVector c20 = default, c21 = default, c30 = default, c31 = default;
        for (nint k = depth; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TLanes.Load(b + TLanes.Count);
            TVector x = TLanes.Broadcast(a[0]);
            TVector y = TLanes.Broadcast(a[1]);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            c10 = TLanes.MultiplyAdd(y, b0, c10);
            c11 = TLanes.MultiplyAdd(y, b1, c11);
            x = TLanes.Broadcast(a[2]);
            y = TLanes.Broadcast(a[3]);
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            c30 = TLanes.MultiplyAdd(y, b0, c30);
            c31 = TLanes.MultiplyAdd(y, b1, c31);
            a += TileShape.Low;
            b += stepB;
        }

        Put(c + rows[0], c00, c01, add);
        Put(c + rows[1], c10, c11, add);
        Put(c + rows[2], c20, c21, add);
        Put(c + rows[3], c30, c31, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TallNarrow(T* a, T* b, nint stepB, T* c, int* rows, nint depth, bool add)
    {
        Fetch(c, rows, TileShape.Tall, 1);
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        for (nint k = depth; k > 0; k--)
        {
            TVector x = TLanes.Load(b);
            c0 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), x, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Broadcast(a[1]), x, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Broadcast(a[2]), x, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Broadcast(a[3]), x, c3);
            c4 = TLanes.MultiplyAdd(TLanes.Broadcast(a[4]), x, c4);
            c5 = TLanes.MultiplyAdd(TLanes.Broadcast(a[5]), x, c5);
            a += TileShape.Tall;
            b += stepB;
        }

        Put(c + rows[0], c0, add);
        Put(c + rows[1], c1, add);
        Put(c + rows[2], c2, add);
        Put(c + rows[3], c3, add);
        Put(c + rows[4], c4, add);
        Put(c + rows[5], c5, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void LowNarrow(T* a, T* b, nint stepB, T* c, int* rows, nint depth, bool add)
    {
        Fetch(c, rows, TileShape.Low, 1);
        TVector c0 = default, c1 = default, c2 = default, c3 = default;
        for (nint k = depth; k > 0; k--)
        {
            TVector x = TLanes.Load(b);
            c0 = TLanes.MultiplyAdd(TLanes.Broadcast(a[0]), x, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Broadcast(a[1]), x, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Broadcast(a[2]), x, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Broadcast(a[3]), x, c3);
            a += TileShape.Low;
            b += stepB;
        }

        Put(c + rows[0], c0, add);
        Put(c + rows[1], c1, add);
        Put(c + rows[2], c2, add);
        Put(c + rows[3], c3, add);
    }

    // C comes from far while the sums are made: its rows are pages apart, which no hardware foresees.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch(T* c, int* rows, int height, int registers)
    {
        for (int i = 0; i < height && Sse.IsSupported; i++)
        {
            Sse.Prefetch0(c + rows[i]);
            Sse.Prefetch0(c + rows[i] + (registers * TLanes.Count) - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(T* c, TVector x, TVector y, bool add)
    {
        Put(c, x, add);
        Put(c + TLanes.Count, y, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(T* c, TVector x, bool add) => TLanes.Store(add ? TLanes.Add(TLanes.Load(c), x) : x, c);
}
