using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>c ← c ± a·b on the threads of a pool: each element takes its fused multiply-adds in the order of k, starting from what it holds.</summary>
sealed unsafe class ChainProduct<T, TLane> : IChunkWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    // Packed rows of a over this many k stay in the second-level cache with those of a panel of b in the first.
    const int MostDepth = 256;

    // Multiply-adds below which waking a thread costs more than it brings.
    const long LeastSharedWork = 1 << 16;

    MatrixPart<T> _c;
    MatrixPart<T> _b;
    T* _packedRows;
    int _depth;
    bool _negative;

    static int RowsOfTile => ChainTile<T, TLane>.Rows;

    static int ColumnsOfTile => ChainTile<T, TLane>.Columns;

    /// <param name="pool">Who computes, or null for the calling thread alone.</param>
    /// <param name="c">[m, n]; may not overlap a or b.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="negative">Whether the products are subtracted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(WorkerPool? pool, MatrixPart<T> c, MatrixPart<T> a, MatrixPart<T> b, bool negative)
    {
        if (c.ColumnStep != 1)
        {
            (c, a, b) = (c.Transposed, b.Transposed, a.Transposed);
        }

        int panels = (c.Columns + ColumnsOfTile - 1) / ColumnsOfTile;
        int tiles = (c.Rows + RowsOfTile - 1) / RowsOfTile;
        bool shared = pool is not null && (long)c.Rows * c.Columns * Math.Min(a.Columns, MostDepth) >= LeastSharedWork;
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        _packedRows = (T*)scratch.Take((nint)tiles * RowsOfTile * Math.Min(a.Columns, MostDepth) * sizeof(T));
        _c = c;
        _negative = negative;
        for (int k = 0; k < a.Columns; k += MostDepth)
        {
            _depth = Math.Min(MostDepth, a.Columns - k);
            _b = b.Block(k, 0, _depth, b.Columns);
            PackRows(a.Block(0, k, a.Rows, _depth));
            if (shared)
            {
                pool!.Run(panels, this);
            }
            else
            {
                for (int panel = 0; panel < panels; panel++)
                {
                    Panel(panel);
                }
            }
        }

        scratch.Release(mark);
    }

    void IChunkWork.Execute(int chunk) => Panel(chunk);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Panel(int panel)
    {
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int width = ColumnsOfTile;
        int first = panel * width;
        int columns = Math.Min(width, _c.Columns - first);
        T* packed = (T*)scratch.Take((nint)_depth * width * sizeof(T));
        T* spare = (T*)scratch.Take((nint)RowsOfTile * width * sizeof(T));
        PackColumns(first, columns, packed);
        T* rows = _packedRows;
        for (int row = 0; row < _c.Rows; row += RowsOfTile)
        {
            T* c = _c.At(row, first);
            int count = Math.Min(RowsOfTile, _c.Rows - row);
            if (count == RowsOfTile && columns == width)
            {
                ChainTile<T, TLane>.Run(rows, packed, _depth, c, _c.RowStep);
            }
            else
            {
                Copy(c, _c.RowStep, spare, width, count, columns);
                ChainTile<T, TLane>.Run(rows, packed, _depth, spare, width);
                Copy(spare, width, c, _c.RowStep, count, columns);
            }

            rows += (nint)RowsOfTile * _depth;
        }

        scratch.Release(mark);
    }

    // [tiles, depth, 6]; what stands beyond the last row is computed and thrown away.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackRows(MatrixPart<T> a)
    {
        T* to = _packedRows;
        for (int row = 0; row < a.Rows; row += RowsOfTile)
        {
            int count = Math.Min(RowsOfTile, a.Rows - row);
            for (int i = 0; i < RowsOfTile; i++)
            {
                T* from = a.At(Math.Min(row + i, a.Rows - 1), 0);
                T* at = to + i;
                nint step = a.ColumnStep;
                for (int k = 0; k < a.Columns; k++)
                {
                    *at = *from;
                    from += step;
                    at += RowsOfTile;
                }
            }

            to += (nint)RowsOfTile * a.Columns;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackColumns(int first, int columns, T* packed)
    {
        int width = ColumnsOfTile;
        if (_b.ColumnStep != 1)
        {
            PackAcross(first, columns, packed);
            return;
        }

        for (int k = 0; k < _depth; k++)
        {
            T* from = _b.At(k, first);
            T* to = packed + ((nint)k * width);
            if (columns == width)
            {
                TLane x = TLane.Load(from);
                TLane y = TLane.Load(from + TLane.Count);
                (_negative ? -x : x).Store(to);
                (_negative ? -y : y).Store(to + TLane.Count);
            }
            else
            {
                new ReadOnlySpan<T>(from, columns).CopyTo(new Span<T>(to, columns));
                new Span<T>(to + columns, width - columns).Clear();
            }
        }

        if (_negative && columns < width)
        {
            Negate(packed);
        }
    }

    // Columns of b that are rows in memory.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PackAcross(int first, int columns, T* packed)
    {
        int width = ColumnsOfTile;
        int side = BlockTranspose.Side<T>();
        if (_b.RowStep == 1 && columns == width && _depth >= side)
        {
            int* offsets = stackalloc int[8];
            for (int i = 0; i < side; i++)
            {
                offsets[i] = (int)(i * _b.ColumnStep);
            }

            for (int j = 0; j < width; j += side)
            {
                BlockTranspose.Run(_b.At(0, first + j), offsets, _depth, packed + j, width);
            }
        }
        else
        {
            for (int j = 0; j < width; j++)
            {
                T* from = _b.At(0, first + Math.Min(j, columns - 1));
                for (int k = 0; k < _depth; k++)
                {
                    packed[(k * width) + j] = from[k * _b.RowStep];
                }
            }
        }

        if (_negative)
        {
            Negate(packed);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Negate(T* packed)
    {
        for (nint i = 0; i < (nint)_depth * ColumnsOfTile; i += TLane.Count)
        {
            (-TLane.Load(packed + i)).Store(packed + i);
        }
    }

    static void Copy(T* from, nint fromStep, T* to, nint toStep, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            new ReadOnlySpan<T>(from, columns).CopyTo(new Span<T>(to, columns));
            from += fromStep;
            to += toStep;
        }
    }
}
