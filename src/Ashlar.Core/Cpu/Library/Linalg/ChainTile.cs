using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>One tile of c ← c + a·b: six rows by two registers, each element one chain of fused multiply-adds along k that starts from what c holds.</summary>
/// <remarks>Because the chain starts from c, cutting k into blocks changes no bit: that is what lets the blocked decompositions keep the definitions' order.</remarks>
static unsafe class ChainTile<T, TLane>
    where T : unmanaged
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TLane.Count;
    }

    /// <param name="a">[depth, 6].</param>
    /// <param name="b">[depth, columns].</param>
    /// <param name="depth">Extent of k.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="step">Elements from one row of c to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, T* b, nint depth, T* c, nint step)
    {
        T* c1 = c + step;
        T* c2 = c1 + step;
        T* c3 = c2 + step;
        T* c4 = c3 + step;
        T* c5 = c4 + step;
        int n = TLane.Count;
        TLane s00 = TLane.Load(c), s01 = TLane.Load(c + n), s10 = TLane.Load(c1), s11 = TLane.Load(c1 + n);
        TLane s20 = TLane.Load(c2), s21 = TLane.Load(c2 + n), s30 = TLane.Load(c3), s31 = TLane.Load(c3 + n);
        TLane s40 = TLane.Load(c4), s41 = TLane.Load(c4 + n), s50 = TLane.Load(c5), s51 = TLane.Load(c5 + n);
        for (; depth > 0; depth--)
        {
            TLane b0 = TLane.Load(b);
            TLane b1 = TLane.Load(b + n);
            TLane x = TLane.Broadcast(a[0]);
            TLane y = TLane.Broadcast(a[1]);
            s00 = TLane.Fma(x, b0, s00);
            s01 = TLane.Fma(x, b1, s01);
            s10 = TLane.Fma(y, b0, s10);
            s11 = TLane.Fma(y, b1, s11);
            x = TLane.Broadcast(a[2]);
            y = TLane.Broadcast(a[3]);
            s20 = TLane.Fma(x, b0, s20);
            s21 = TLane.Fma(x, b1, s21);
            s30 = TLane.Fma(y, b0, s30);
            s31 = TLane.Fma(y, b1, s31);
            x = TLane.Broadcast(a[4]);
            y = TLane.Broadcast(a[5]);
            s40 = TLane.Fma(x, b0, s40);
            s41 = TLane.Fma(x, b1, s41);
            s50 = TLane.Fma(y, b0, s50);
            s51 = TLane.Fma(y, b1, s51);
            a += Rows;
            b += 2 * n;
        }

        s00.Store(c);
        s01.Store(c + n);
        s10.Store(c1);
        s11.Store(c1 + n);
        s20.Store(c2);
        s21.Store(c2 + n);
        s30.Store(c3);
        s31.Store(c3 + n);
        s40.Store(c4);
        s41.Store(c4 + n);
        s50.Store(c5);
        s51.Store(c5 + n);
    }
}
