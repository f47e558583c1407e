using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Fetches panels that will be transposed: short pieces of memory, far apart, which no hardware foresees.</summary>
static unsafe class RunsAhead
{
    // Columns so near each other are fetched as one piece.
    const int NearStep = 16;

    /// <summary>Asks for one of some parts of a panel over a chunk of k.</summary>
    /// <param name="source">The operand's tables.</param>
    /// <param name="data">The operand's data at the batch.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="part">Which part.</param>
    /// <param name="parts">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch<T>(PanelSource source, T* data, int panel, int start, int depth, int part, int parts)
        where T : unmanaged
    {
        int* across = source.Across.Data + source.Panels.Starts[panel];
        int columns = source.Panels.Extents[panel];
        bool isNear = source.AcrossStep is > 0 and <= NearStep;
        int firstColumn = isNear ? 0 : columns * part / parts;
        int endColumn = isNear ? 1 : columns * (part + 1) / parts;
        int span = isNear ? across[columns - 1] - across[0] : 0;
        int end = start + (isNear ? depth * (part + 1) / parts : depth);
        for (int k = start + (isNear ? depth * part / parts : 0); k < end;)
        {
            int length = Math.Min(source.DepthRunEnds.Data[k], end) - k;
            T* run = data + source.Depth.Data[k] - (source.Descends ? length - 1 : 0);
            for (int column = firstColumn; column < endColumn; column++)
            {
                new LinesAhead(run + across[column], (span + length) * sizeof(T), 1).Fetch();
            }

            k += length;
        }
    }
}
