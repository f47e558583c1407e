using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Moves a tile that was computed aside to where C wants it, element by element.</summary>
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
        int* columns = target.Columns.Data + target.ColumnPanels.Starts[columnPanel];
        int height = target.RowPanels.Extents[rowPanel];
        int extent = target.ColumnPanels.Extents[columnPanel];
        for (int i = 0; i < height; i++)
        {
            T* row = c + rows[i];
            for (int j = 0; j < extent; j++)
            {
                T* element = row + columns[j];
                *element = add ? Sum(*element, tile[j]) : tile[j];
            }

            tile += width;
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
