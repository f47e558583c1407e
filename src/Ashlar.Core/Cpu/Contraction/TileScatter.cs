using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>Moves a tile that was computed aside to where C wants it, run by run.</summary>
static unsafe class TileScatter<T>
    where T : unmanaged
{
    /// <param name="tile">[height, width].</param>
    /// <param name="width">Columns of the tile.</param>
    /// <param name="target">C's tables.</param>
    /// <param name="rowPanel">Panel of the tile's rows.</param>
    /// <param name="columnPanel">Panel of the tile's columns.</param>
    /// <param name="c">C at the batch.</param>
    /// <param name="add">Whether to add to C rather than to overwrite it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Put(T* tile, int width, TileTarget target, int rowPanel, int columnPanel, T* c, bool add)
    {
        int* rows = target.Rows.Data + target.RowPanels.Starts[rowPanel];
        int height = target.RowPanels.Extents[rowPanel];
        int start = target.ColumnPanels.Starts[columnPanel];
        int end = start + target.ColumnPanels.Extents[columnPanel];
        if (target.ColumnRunEnds.Data[start] == start + 1)
        {
            // Strided columns: C is stored the other way round.
            for (int i = 0; i < height; i++)
            {
                PutElements(tile, target.Columns.Data + start, end - start, c + rows[i], add);
                tile += width;
            }

            return;
        }

        for (int column = start; column < end;)
        {
            int runEnd = Math.Min(target.ColumnRunEnds.Data[column], end);
            T* from = tile + (column - start);
            T* to = c + target.Columns.Data[column];
            for (int i = 0; i < height; i++)
            {
                PutRun(from, runEnd - column, to + rows[i], add);
                from += width;
            }

            column = runEnd;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void PutRun(T* from, int length, T* to, bool add)
    {
        int i = 0;
        for (; i <= length - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256<T> x = Vector256.Load(from + i);
            Vector256.Store(add ? Vector256.Load(to + i) + x : x, to + i);
        }

        for (; i < length; i++)
        {
            to[i] = add ? Sum(to[i], from[i]) : from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void PutElements(T* from, int* columns, int count, T* to, bool add)
    {
        for (int i = 0; i < count; i++)
        {
            T* element = to + columns[i];
            *element = add ? Sum(*element, from[i]) : from[i];
        }
    }

    /// <param name="row">[count] values.</param>
    /// <param name="columns">[count] offset of each value in C.</param>
    /// <param name="count">How many.</param>
    /// <param name="c">C at the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PutRow(T* row, int* columns, int count, T* c)
    {
        for (int i = 0; i < count; i++)
        {
            c[columns[i]] = row[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T x, T y)
    {
        if (typeof(T) == typeof(float))
        {
            return (T)(object)((float)(object)x + (float)(object)y);
        }

        if (typeof(T) == typeof(double))
        {
            return (T)(object)((double)(object)x + (double)(object)y);
        }

        return typeof(T) == typeof(int)
            ? (T)(object)((int)(object)x + (int)(object)y)
            : (T)(object)((long)(object)x + (long)(object)y);
    }
}
