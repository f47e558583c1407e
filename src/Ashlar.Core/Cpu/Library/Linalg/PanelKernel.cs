using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary><see cref="Householder.FactorPanel{T}"/> with the rows of a panel, 32 wide, along the registers.</summary>
/// <remarks>Columns that are done are computed along with the others: what they hold then is never read.</remarks>
static unsafe class PanelKernel<T, TLane>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    const int Width = Householder.Block;

    // Registers of sums that are kept at a time.
    static int Group
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Math.Min(4, Width / TLane.Count);
    }

    /// <param name="a">[m, width], changed to r on and above the diagonal.</param>
    /// <param name="v">[width, m], rows of reflections.</param>
    /// <param name="tau">[width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(MatrixPart<T> a, MatrixPart<T> v, Span<T> tau)
    {
        int m = a.Rows;
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        T* panel = (T*)scratch.Take((nint)m * Width * sizeof(T));
        for (int i = 0; i < m; i++)
        {
            T* row = panel + ((nint)i * Width);
            new ReadOnlySpan<T>(a.At(i, 0), a.Columns).CopyTo(new Span<T>(row, a.Columns));
            new Span<T>(row + a.Columns, Width - a.Columns).Clear();
        }

        for (int k = 0; k < a.Columns; k++)
        {
            T* x = v.At(k, k);
            T* corner = panel + ((nint)k * Width);
            for (int i = 0; i < m - k; i++)
            {
                x[i] = corner[((nint)i * Width) + k];
            }

            tau[k] = RowKernels<T, TLane>.Reflector(x, m - k);
            T beta = x[0];
            x[0] = T.One;
            if (tau[k] != T.Zero)
            {
                for (int j = (k + 1) & -(Group * TLane.Count); j < Width; j += Group * TLane.Count)
                {
                    Reflect(corner + j, x, m - k, tau[k]);
                }
            }

            corner[k] = beta;
        }

        for (int i = 0; i < a.Columns; i++)
        {
            new ReadOnlySpan<T>(panel + ((nint)i * Width) + i, a.Columns - i).CopyTo(new Span<T>(a.At(i, i), a.Columns - i));
        }

        scratch.Release(mark);
    }

    /// <summary><see cref="BlockReflection.Triangle{T}"/>; rows of t have room for the whole width, zero beyond their end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Triangle(MatrixPart<T> products, ReadOnlySpan<T> tau, MatrixPart<T> t)
    {
        for (int j = 0; j < tau.Length; j++)
        {
            T* row = t.At(j, 0);
            TLane factor = TLane.Broadcast(-tau[j]);
            for (int i = 0; i < Width; i += TLane.Count)
            {
                TLane sum = TLane.Broadcast(T.Zero);
                for (int p = 0; p < j; p++)
                {
                    sum = TLane.Fma(TLane.Broadcast(*products.At(p, j)), TLane.Load(t.At(p, i)), sum);
                }

                (factor * sum).Store(row + i);
            }

            row[j] = tau[j];
            new Span<T>(row + j + 1, Width - j - 1).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Reflect(T* a, T* v, int count, T tau)
    {
        int n = TLane.Count;
        TLane s0 = TLane.Load(a), s1 = TLane.Load(a + n), s2 = s0, s3 = s0;
        if (Group > 2)
        {
            (s2, s3) = (TLane.Load(a + (2 * n)), TLane.Load(a + (3 * n)));
        }

        T* row = a;
        for (int i = 1; i < count; i++)
        {
            row += Width;
            TLane x = TLane.Broadcast(v[i]);
            s0 = TLane.Fma(x, TLane.Load(row), s0);
            s1 = TLane.Fma(x, TLane.Load(row + n), s1);
            if (Group > 2)
            {
                s2 = TLane.Fma(x, TLane.Load(row + (2 * n)), s2);
                s3 = TLane.Fma(x, TLane.Load(row + (3 * n)), s3);
            }
        }

        row = a;
        for (int i = 0; i < count; i++)
        {
            TLane x = TLane.Broadcast(-(tau * v[i]));
            TLane.Fma(x, s0, TLane.Load(row)).Store(row);
            TLane.Fma(x, s1, TLane.Load(row + n)).Store(row + n);
            if (Group > 2)
            {
                TLane.Fma(x, s2, TLane.Load(row + (2 * n))).Store(row + (2 * n));
                TLane.Fma(x, s3, TLane.Load(row + (3 * n))).Store(row + (3 * n));
            }

            row += Width;
        }
    }
}
