using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies one panel of an operand over one chunk of k into [k, width], the order in which the tile kernels read it.</summary>
/// <remarks>Stores are whole registers whose last lanes may spill past the row, in an order in which the true values come later; <see cref="TileShape.Slack"/> takes the last.</remarks>
static unsafe class PanelPacker<T, TVector, TLanes>
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    /// <param name="source">The operand's tables.</param>
    /// <param name="data">The operand's data.</param>
    /// <param name="batchOffset">Where the batch begins in the data.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k, a multiple of <see cref="TileShape.Depth"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="destination">[depth, width] and slack.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(PanelSource source, T* data, int batchOffset, int panel, int start, int depth, T* destination)
    {
        if (depth == 0)
        {
            return;
        }

        switch (source.Way)
        {
            case PackingWay.Copy:
                int whole = source.RegistersFit(batchOffset, panel, start, depth);
                Copy(source, data + batchOffset, panel, start, whole, destination);
                Gather(source, data + batchOffset, panel, start + whole, depth - whole, destination + (whole * source.Panels.Widths[panel]));
                break;
            case PackingWay.Transpose:
                Transpose(source, data + batchOffset, panel, start, depth, destination);
                break;
            default:
                Gather(source, data + batchOffset, panel, start, depth, destination);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Copy(PanelSource source, T* data, int panel, int start, int depth, T* destination)
    {
        PanelPieces pieces = source.Pieces;
        int width = source.Panels.Widths[panel];
        int* depths = source.Depth.Data + start;
        int* first = pieces.First.Data + (panel * PanelPieces.RegistersInPanel);
        if (width == 2 * TLanes.Count && pieces.IsOneRun(panel, 2, TLanes.Count))
        {
            CopyTwoRegisters(data + pieces.Offsets.Data[*first], depths, depth, destination);
            return;
        }

        // From the last register to the first: what it stores past the width, the first overwrites.
        for (int r = PanelPieces.RegistersInPanel - 1; r >= 0; r--)
        {
            int* offsets = pieces.Offsets.Data + first[r];
            int* lanes = pieces.Lanes.Data + first[r];
            T* to = destination + (r * TLanes.Count);
            switch (first[r + 1] - first[r])
            {
                case 0:
                    break;
                case 1:
                    CopyOnePiece(data + offsets[0], depths, depth, to, width);
                    break;
                case 2:
                    CopyTwoPieces(data + offsets[0], data + offsets[1], TLanes.From(lanes[1]), depths, depth, to, width);
                    break;
                case 3:
                    CopyThreePieces(data + offsets[0], data + offsets[1], data + offsets[2], TLanes.From(lanes[1]), TLanes.From(lanes[2]), depths, depth, to, width);
                    break;
                default:
                    CopyPieces(data, offsets, lanes, first[r + 1] - first[r], depths, depth, to, width);
                    break;
            }
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
            if (Sse.IsSupported)
            {
                // The next panel is most often the next to be packed, and no hardware guesses that from strides of a page.
                Sse.Prefetch1(row + (2 * TLanes.Count));
            }

            TLanes.Store(x, destination);
            TLanes.Store(y, destination + TLanes.Count);
            destination += 2 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyOnePiece(T* piece, int* depths, int depth, T* destination, nint step)
    {
        for (int k = 0; k < depth; k++)
        {
            T* row = piece + depths[k];
            TVector x = TLanes.Load(row);
            if (Sse.IsSupported)
            {
                // As above.
                Sse.Prefetch1(row + step + TLanes.Count - 1);
            }

            TLanes.Store(x, destination);
            destination += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyTwoPieces(T* piece0, T* piece1, TVector from1, int* depths, int depth, T* destination, nint step)
    {
        for (int k = 0; k < depth; k++)
        {
            nint at = depths[k];
            TLanes.Store(TLanes.Select(from1, TLanes.Load(piece1 + at), TLanes.Load(piece0 + at)), destination);
            destination += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyThreePieces(T* piece0, T* piece1, T* piece2, TVector from1, TVector from2, int* depths, int depth, T* destination, nint step)
    {
        for (int k = 0; k < depth; k++)
        {
            nint at = depths[k];
            TLanes.Store(TLanes.Select(from2, TLanes.Load(piece2 + at), TLanes.Select(from1, TLanes.Load(piece1 + at), TLanes.Load(piece0 + at))), destination);
            destination += step;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyPieces(T* data, int* offsets, int* lanes, int pieces, int* depths, int depth, T* destination, nint step)
    {
        TVector* masks = stackalloc TVector[TileShape.MostColumns];
        for (int i = 1; i < pieces; i++)
        {
            masks[i] = TLanes.From(lanes[i]);
        }

        for (int k = 0; k < depth; k++)
        {
            T* row = data + depths[k];
            TVector register = TLanes.Load(row + offsets[0]);
            for (int i = 1; i < pieces; i++)
            {
                register = TLanes.Select(masks[i], TLanes.Load(row + offsets[i]), register);
            }

            TLanes.Store(register, destination);
            destination += step;
        }
    }

    [SkipLocalsInit]
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
            int length = Math.Min(runEnds[k] - start, depth) - k;
            T* run = data + depths[k];
            T* to = destination + (k * width);
            int direction = source.Descends ? -1 : 1;
            if (sizeof(T) == 4 && BlockTranspose512.IsSupported && width % BlockTranspose512.Side == 0 && length >= side)
            {
                for (int column = 0; column < width; column += BlockTranspose512.Side)
                {
                    BlockTranspose512.Run((float*)run, rows + column, length, (float*)(to + column), width, direction);
                }
            }
            else if (length < side)
            {
                for (int i = 0; i < length; i++)
                {
                    GatherRow(run + (direction * i), rows, width, to + (i * width));
                }
            }
            else
            {
                // From the last strip to the first: what it stores past the width, the first strip overwrites.
                for (int column = (width - 1) / side * side; column >= 0; column -= side)
                {
                    BlockTranspose.Run(run, rows + column, length, to + column, width, direction);
                }
            }

            k += length;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(PanelSource source, T* data, int panel, int start, int depth, T* destination)
    {
        if (depth == 0)
        {
            return;
        }

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
