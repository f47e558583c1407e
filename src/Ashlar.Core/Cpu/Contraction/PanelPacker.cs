using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies one panel of an operand over one chunk of k into [k, width], the order in which the tile kernels read it.</summary>
/// <remarks>Stores are whole registers in rising order of k, so what one spills past its row the next overwrites; <see cref="TileShape.Slack"/> takes the last.</remarks>
static unsafe class PanelPacker<T, TVector, TLanes>
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    /// <param name="source">The operand's tables.</param>
    /// <param name="data">The operand's data at the batch.</param>
    /// <param name="end">One past the operand's last element.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="destination">[depth, width] and slack.</param>
    public static void Pack(PanelSource source, T* data, T* end, int panel, int start, int depth, T* destination)
    {
        switch (source.Way)
        {
            case PackingWay.Copy:
                Copy(source, data, end, panel, start, depth, destination);
                break;
            case PackingWay.Transpose:
                Transpose(source, data, panel, start, depth, destination);
                break;
            default:
                Gather(source, data, panel, start, depth, destination);
                break;
        }
    }

    static void Copy(PanelSource source, T* data, T* end, int panel, int start, int depth, T* destination)
    {
        int width = source.Panels.Widths[panel];
        int extent = source.Panels.Extents[panel];
        int first = source.Runs.First.Data[panel];
        int runs = source.Runs.First.Data[panel + 1] - first;
        int* offsets = source.Runs.Offsets.Data + first;
        int* lengths = source.Runs.Lengths.Data + first;
        int* depths = source.Depth.Data + start;
        if (runs == 1 && extent == width && width == 2 * TLanes.Count)
        {
            CopyTwoRegisters(data + offsets[0], depths, depth, destination);
            return;
        }

        CopyRuns(data, end - source.Runs.Reach.Data[panel], offsets, lengths, runs, depths, depth, width, destination);
        for (int k = 0; k < depth && extent < width; k++)
        {
            new Span<T>(destination + (k * width) + extent, width - extent).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyTwoRegisters(T* data, int* depths, int depth, T* destination)
    {
        for (int k = 0; k < depth; k++)
        {
            T* row = data + depths[k];
            TVector x = TLanes.Load(row);
            TVector y = TLanes.Load(row + TLanes.Count);
            TLanes.Store(x, destination);
            TLanes.Store(y, destination + TLanes.Count);
            destination += 2 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyRuns(T* data, T* lastWhole, int* offsets, int* lengths, int runs, int* depths, int depth, int width, T* destination)
    {
        for (int k = 0; k < depth; k++)
        {
            T* row = data + depths[k];
            T* to = destination;
            bool whole = row <= lastWhole;
            for (int r = 0; r < runs; r++)
            {
                T* from = row + offsets[r];
                int length = lengths[r];
                for (int i = 0; i < length; i += TLanes.Count)
                {
                    if (whole)
                    {
                        TLanes.Store(TLanes.Load(from + i), to + i);
                    }
                    else
                    {
                        Unsafe.CopyBlockUnaligned(to + i, from + i, (uint)(Math.Min(TLanes.Count, length - i) * sizeof(T)));
                    }
                }

                to += length;
            }

            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transpose(PanelSource source, T* data, int panel, int start, int depth, T* destination)
    {
        int* rows = stackalloc int[TileShape.MostColumns];
        int width = LoadOffsets(source, panel, rows);
        int side = BlockTranspose.Side<T>();
        int* depths = source.Depth.Data + start;
        int* runEnds = source.DepthRunEnds.Data + start;
        for (int k = 0; k < depth;)
        {
            int runEnd = Math.Min(runEnds[k] - start, depth);
            T* run = data + depths[k] - k;
            if (runEnd - k < side)
            {
                for (; k < runEnd; k++)
                {
                    GatherRow(run + k, rows, width, destination + (k * width));
                }
            }

            while (k < runEnd)
            {
                // The last block of a run reaches back rather than past its end.
                int block = Math.Min(k, runEnd - side);
                for (int column = (width - 1) / side * side; column >= 0; column -= side)
                {
                    BlockTranspose.Run(run + block, rows + column, destination + (block * width) + column, width);
                }

                k = block + side;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(PanelSource source, T* data, int panel, int start, int depth, T* destination)
    {
        int* columns = stackalloc int[TileShape.MostColumns];
        int width = LoadOffsets(source, panel, columns);
        int* depths = source.Depth.Data + start;
        for (int k = 0; k < depth; k++)
        {
            GatherRow(data + depths[k], columns, width, destination);
            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void GatherRow(T* source, int* columns, int width, T* destination)
    {
        for (int i = 0; i < width; i += 2)
        {
            destination[i] = source[columns[i]];
            destination[i + 1] = source[columns[i + 1]];
        }
    }

    // Beyond the extent the last offset is repeated, up to what a block of the transposition reads: such values are read safely and their sums thrown away.
    static int LoadOffsets(PanelSource source, int panel, int* offsets)
    {
        int extent = source.Panels.Extents[panel];
        int* across = source.Across.Data + source.Panels.Starts[panel];
        for (int i = 0; i < TileShape.MostColumns; i++)
        {
            offsets[i] = across[Math.Min(i, extent - 1)];
        }

        return source.Panels.Widths[panel];
    }
}
