using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Rows from apart, element beside element.</summary>
static unsafe class Interleaver
{
    /// <summary>target[column, lane] = source[lane · laneStride + column · columnStride].</summary>
    /// <param name="source">Base of lane 0.</param>
    /// <param name="laneStride">Elements from one lane to the next.</param>
    /// <param name="columnStride">Elements from one column to the next.</param>
    /// <param name="columns">Extent of each lane.</param>
    /// <param name="target">[columns, lanes].</param>
    /// <param name="lanes">Number of lanes.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint laneStride, nint columnStride, int columns, T* target, int lanes)
        where T : unmanaged
    {
        int side = BlockTranspose.Side<T>();
        if (columnStride != 1 || columns < side || lanes < side || side * Math.Abs((long)laneStride) > int.MaxValue)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                for (int column = 0; column < columns; column++)
                {
                    target[((nint)column * lanes) + lane] = source[(lane * laneStride) + (column * columnStride)];
                }
            }

            return;
        }

        int* rows = stackalloc int[side];
        for (int i = 0; i < side; i++)
        {
            rows[i] = (int)(i * laneStride);
        }

        // The last strip reaches back rather than past the lanes.
        for (int lane = 0; lane < lanes; lane += side)
        {
            int at = Math.Min(lane, lanes - side);
            BlockTranspose.Run(source + (at * laneStride), rows, columns, target + at, lanes);
        }
    }
}
