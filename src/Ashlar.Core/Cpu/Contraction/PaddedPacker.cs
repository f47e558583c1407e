using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Packs panels of columns some of whose elements are padding.</summary>
static unsafe class PaddedPacker<T, TVector, TLanes>
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    /// <summary>Elements of room for the masks of a panel.</summary>
    public static int MaskLength => PaddedColumns.MostPositions * PanelPieces.RegistersInPanel * TLanes.Count;

    /// <summary>The masks of one panel: ones where an element is inside.</summary>
    /// <param name="source">B's tables.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="masks">[positions, registers], <see cref="MaskLength"/> of room.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadMasks(PanelSource source, int panel, T* masks)
    {
        int positions = source.Positions;
        int* lanes = source.LanesInside!.Data + (panel * positions);
        for (int position = 0; position < positions; position++)
        {
            TLanes.Store(TLanes.OfBits(lanes[position]), masks);
            TLanes.Store(TLanes.OfBits(lanes[position] >> TLanes.Count), masks + TLanes.Count);
            masks += PanelPieces.RegistersInPanel * TLanes.Count;
        }
    }

    /// <param name="source">B's tables.</param>
    /// <param name="data">B's data at the batch.</param>
    /// <param name="batchOffset">Where the batch begins in the operand.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="masks">From <see cref="LoadMasks"/>.</param>
    /// <param name="destination">[depth, width] and slack.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(PanelSource source, T* data, int batchOffset, int panel, int start, int depth, T* masks, T* destination)
    {
        long least = source.Least - batchOffset - source.Pieces.Least(panel);
        long most = source.End - batchOffset - source.Pieces.Most(panel);
        int width = source.Panels.Widths[panel];
        int* depths = source.Depth.Data + start;
        int* maskPlaces = source.MaskPlaces!.Data + start;
        int* lanes = source.LanesInside!.Data + (panel * source.Positions);
        for (int k = 0; k < depth; k++)
        {
            if (depths[k] >= least && depths[k] <= most)
            {
                Copy(source, data + depths[k], panel, masks + maskPlaces[k], destination);
            }
            else
            {
                Gather(source, data + depths[k], panel, lanes[(start + k) % source.Positions], destination);
            }

            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(PanelSource source, T* row, int panel, T* masks, T* destination)
    {
        int* first = source.Pieces.First.Data + (panel * PanelPieces.RegistersInPanel);
        for (int r = 0; r < PanelPieces.RegistersInPanel; r++)
        {
            int piece = first[r];
            if (piece == first[r + 1])
            {
                return;
            }

            TVector register = TLanes.Load(row + source.Pieces.Offsets.Data[piece]);
            while (++piece < first[r + 1])
            {
                register = TLanes.Select(TLanes.From(source.Pieces.Lanes.Data[piece]), TLanes.Load(row + source.Pieces.Offsets.Data[piece]), register);
            }

            TLanes.Store(TLanes.And(register, TLanes.Load(masks + (r * TLanes.Count))), destination + (r * TLanes.Count));
        }
    }

    // Where registers would leave the operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Gather(PanelSource source, T* row, int panel, int lanes, T* destination)
    {
        int* across = source.Across.Data + source.Panels.Starts[panel];
        for (int i = 0; i < source.Panels.Widths[panel]; i++)
        {
            destination[i] = (lanes >> i & 1) != 0 ? row[across[i]] : default;
        }
    }
}
