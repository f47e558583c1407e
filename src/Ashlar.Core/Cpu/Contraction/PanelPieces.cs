using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Each panel as registers, and each register as the pieces of runs that fill it.</summary>
/// <remarks>
/// A piece that fills a register from lane f on is loaded from f elements before its own first, so that it comes to lie in place, and replaces the lanes from f on.
/// What such a load reads before and behind the piece is never used, but must be readable.
/// </remarks>
sealed unsafe class PanelPieces
{
    readonly int[] _least;
    readonly int[] _most;

    /// <param name="panels">The panels.</param>
    /// <param name="across">[extent] offsets across the panels.</param>
    /// <param name="ends">[extent] from <see cref="OffsetTable.RunEnds"/>, or empty for no pieces at all.</param>
    /// <param name="register">Elements of a register.</param>
    public PanelPieces(Panels panels, int[] across, int[] ends, int register)
    {
        var first = new int[(panels.Count * RegistersInPanel) + 1];
        _least = new int[panels.Count];
        _most = new int[panels.Count];
        List<int> offsets = [];
        List<int> lanes = [];
        for (int p = 0; p < panels.Count && ends.Length > 0; p++)
        {
            _least[p] = int.MaxValue;
            _most[p] = int.MinValue;
            for (int r = 0; r < RegistersInPanel; r++)
            {
                int start = Math.Min(r * register, panels.Extents[p]);
                int end = Math.Min(start + register, panels.Extents[p]);
                for (int lane = start; lane < end;)
                {
                    int index = panels.Starts[p] + lane;
                    int offset = across[index] - (lane - start);
                    offsets.Add(offset);
                    lanes.Add(lane - start);
                    _least[p] = Math.Min(_least[p], offset);
                    _most[p] = Math.Max(_most[p], offset + register);
                    lane = Math.Min(ends[index] - panels.Starts[p], end);
                }

                first[(p * RegistersInPanel) + r + 1] = offsets.Count;
            }
        }

        PerRegister = (double)offsets.Count / Math.Max(1, (panels.WidthsBefore[^1] + register - 1) / register);
        First = new OffsetTable(first);
        Offsets = new OffsetTable([.. offsets]);
        Lanes = new OffsetTable([.. lanes]);
    }

    /// <summary>Entries of <see cref="First"/> for each panel; registers that a narrow panel lacks have no pieces.</summary>
    public const int RegistersInPanel = 2;

    /// <summary>[panels × registers + 1] index of the first piece of each register.</summary>
    public OffsetTable First { get; }

    /// <summary>[pieces] where to load the register from.</summary>
    public OffsetTable Offsets { get; }

    /// <summary>[pieces] the first lane that the piece fills.</summary>
    public OffsetTable Lanes { get; }

    /// <summary>Mean number of pieces that fill a register.</summary>
    public double PerRegister { get; }

    /// <summary>The least offset that a load for the panel touches.</summary>
    public int Least(int panel) => _least[panel];

    /// <summary>One past the greatest offset that a load for the panel touches.</summary>
    public int Most(int panel) => _most[panel];

    /// <summary>Whether the panel is two registers, each of one or two pieces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsTwiceTwo(int panel)
    {
        int* first = First.Data + (panel * RegistersInPanel);
        return first[1] - first[0] is 1 or 2 && first[2] - first[1] is 1 or 2;
    }

    /// <summary>The pieces of such a panel.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="data">What the offsets count from.</param>
    /// <param name="depths">[depth] offset of each k.</param>
    public ColumnPieces<T> Of<T>(int panel, T* data, int* depths)
        where T : unmanaged
    {
        int* first = First.Data + (panel * RegistersInPanel);
        return new ColumnPieces<T>
        {
            First0 = data + Offsets.Data[first[0]],
            Second0 = data + Offsets.Data[first[1] - 1],
            From0 = Lanes.Data[first[1] - 1],
            First1 = data + Offsets.Data[first[1]],
            Second1 = data + Offsets.Data[first[2] - 1],
            From1 = Lanes.Data[first[2] - 1],
            Depths = depths,
        };
    }

    /// <summary>Whether each register of the panel is a single piece and all pieces are one run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOneRun(int panel, int registers, int register)
    {
        int* first = First.Data + (panel * RegistersInPanel);
        return first[registers] - first[0] == registers && (registers == 1 || Offsets.Data[first[1]] == Offsets.Data[first[0]] + register);
    }
}
