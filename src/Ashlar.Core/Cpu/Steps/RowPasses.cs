using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Steps;

/// <summary>What is done to a block of rows: maps over all elements, maps over one value per row, reductions, one pass after the other while the block is in the first-level cache.</summary>
sealed unsafe class RowPasses
{
    // Elements of a block: its intermediate values stay near, and the maps of one value per row have some rows at a time.
    // What is passed over once has nothing to keep near.
    const int BlockElements = 8192;
    const int BlockElementsOfOnePass = 4 * BlockElements;

    readonly int _columns;
    readonly RowStage[] _stages;
    readonly RowScratch[] _scratch;
    readonly nint _scratchBytes;
    readonly RowsAhead? _ahead;

    public RowPasses(int rows, int columns, RowStage[] stages, RowScratch[] scratch)
    {
        _columns = columns;
        _stages = stages;
        _scratch = scratch;
        int walks = Array.FindAll(stages, stage => stage.Kind != RowStageKind.Rows).Length;
        BlockRows = Math.Max(1, Math.Min(rows, (walks > 1 ? BlockElements : BlockElementsOfOnePass) / Math.Max(1, columns)));
        Streams = Array.Exists(stages, stage => stage.Work?.Streams == true);
        WorkOfBlock = BlockRows * columns * Math.Max(1, walks);
        _ahead = RowsAhead.Of(rows, columns, stages);
        foreach (RowScratch part in scratch)
        {
            _scratchBytes += Bytes(part);
        }
    }

    /// <summary>Most rows of a block.</summary>
    public int BlockRows { get; }

    /// <summary>Whether something is written past the caches: then a fence must follow before other threads read it.</summary>
    public bool Streams { get; }

    /// <summary>Elements that the passes over a block walk over, all passes together.</summary>
    public int WorkOfBlock { get; }

    /// <summary>Works on the rows from first to end, at most <see cref="BlockRows"/>.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="given">Memory that the caller brings, by number of scratch, such that flat places count from the first row of all; null if there is none.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="next">First row of the block that is likely to be next; beyond all rows if there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(byte** buffers, byte** given, int first, int end, int next)
    {
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* free = thread.Take(_scratchBytes);
        byte** scratch = stackalloc byte*[_scratch.Length];
        for (int i = 0; i < _scratch.Length; i++)
        {
            // Places count from the first row of all, so that the maps' addresses hold for any block.
            RowScratch part = _scratch[i];
            scratch[i] = part.IsGiven ? given[i] : free - ((nint)first * (part.IsPerRow ? 1 : _columns) * part.ItemSize);
            free += Bytes(part);
        }

        for (int i = 0; i < _stages.Length; i++)
        {
            RowStage stage = _stages[i];
            switch (stage.Kind)
            {
                case RowStageKind.Elements when _ahead is { } ahead && i == ahead.Stage:
                    for (int row = first; row < end; row += ahead.RowsOfPart)
                    {
                        int to = Math.Min(end, row + ahead.RowsOfPart);
                        ahead.Fetch(buffers, next + row - first, next + to - first);
                        stage.Work!.Run(buffers, scratch, row * _columns, to * _columns);
                    }

                    break;
                case RowStageKind.Elements:
                    stage.Work!.Run(buffers, scratch, first * _columns, end * _columns);
                    break;
                case RowStageKind.Rows:
                    stage.Work!.Run(buffers, scratch, first, end);
                    break;
                default:
                    byte* source = stage.Source >= 0 ? buffers[stage.Source] : scratch[~stage.Source];
                    byte* target = stage.Target >= 0 ? buffers[stage.Target] : scratch[~stage.Target];
                    stage.Reduction!.Rows(source, target, first, end, _columns);
                    break;
            }
        }

        thread.Release(mark);
    }

    nint Bytes(RowScratch part) => part.IsGiven ? 0 : (((nint)BlockRows * (part.IsPerRow ? 1 : _columns) * part.ItemSize) + 63) / 64 * 64;
}
