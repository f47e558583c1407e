using System.Runtime.CompilerServices;
using Ashlar.Cpu.Reduction;

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
    readonly RowTest[] _tests;

    /// <param name="rows">How many.</param>
    /// <param name="columns">Elements of each.</param>
    /// <param name="stages">The passes.</param>
    /// <param name="scratch">What they keep.</param>
    /// <param name="tests">Under which zero is all that a part of the columns leaves out; null if that is not known.</param>
    public RowPasses(int rows, int columns, RowStage[] stages, RowScratch[] scratch, RowTest[]? tests = null)
    {
        _columns = columns;
        _tests = tests ?? [];
        HasParts = tests is not null && columns > 0 && Array.TrueForAll(stages, stage => stage.Kind != RowStageKind.Elements || stage.Work!.HasPartsOfRows(columns));
        _stages = stages;
        _scratch = scratch;
        int walks = Array.FindAll(stages, stage => stage.Kind != RowStageKind.Rows).Length;
        BlockRows = Math.Max(1, Math.Min(rows, (walks > 1 ? BlockElements : BlockElementsOfOnePass) / Math.Max(1, columns)));
        Streams = Array.Exists(stages, stage => stage.Work?.Streams == true);
        WorkOfBlock = BlockRows * columns * Math.Max(1, walks);
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

    /// <summary>Whether the passes may walk over the first columns only.</summary>
    public bool HasParts { get; }

    /// <summary>Works on the rows from first to end, at most <see cref="BlockRows"/>.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="given">Memory that the caller brings, by number of scratch, such that flat places count from the first row of all; null if there is none.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="next">First row of the block that is likely to be next; beyond all rows if there is none.</param>
    public void Run(byte** buffers, byte** given, int first, int end, int next) => Run(buffers, given, first, end, next, _columns);

    /// <summary>Walks over the first columns of the rows from first to end, at most <see cref="BlockRows"/>, of passes that have parts.</summary>
    /// <param name="buffers">As above.</param>
    /// <param name="given">As above.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="next">As above.</param>
    /// <param name="columns">How many columns, a multiple of <see cref="RowReduction.LaneCount"/> or all.</param>
    /// <returns>Whether all that was left out is zero, if the mask hides it.</returns>
    public bool RunPart(byte** buffers, byte** given, int first, int end, int next, int columns) => Run(buffers, given, first, end, next, columns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Run(byte** buffers, byte** given, int first, int end, int next, int columns)
    {
        bool isWhole = columns == _columns;
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        byte* free = thread.Take(_scratchBytes);
        byte** scratch = stackalloc byte*[_scratch.Length];
        for (int i = 0; i < _scratch.Length; i++)
        {
            // Places count from the first row of all, so that the maps' addresses hold for any block.
            RowScratch part = _scratch[i];
            if (part.Ahead >= 0)
            {
                scratch[i] = buffers[part.Ahead] + ((nint)(next - first) * _columns * part.ItemSize);
                continue;
            }

            scratch[i] = part.IsGiven ? given[i] : free - ((nint)first * (part.IsPerRow ? 1 : _columns) * part.ItemSize);
            free += Bytes(part);
        }

        for (int i = 0; i < _stages.Length; i++)
        {
            RowStage stage = _stages[i];
            switch (stage.Kind)
            {
                case RowStageKind.Elements when !isWhole:
                    stage.Work!.RunPartsOfRows(buffers, scratch, first, end - first, _columns, columns);
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
                    if (isWhole)
                    {
                        stage.Reduction!.Rows(source, target, first, end, _columns);
                        break;
                    }

                    for (int row = first; row < end; row++)
                    {
                        stage.Reduction!.Rows(source + ((nint)row * _columns * stage.ItemSize), target + ((nint)row * stage.ItemSize), 0, 1, columns);
                    }

                    break;
            }
        }

        bool holds = true;
        for (int i = 0; i < _tests.Length && !isWhole; i++)
        {
            int binding = _tests[i].Binding;
            holds &= _tests[i].Holds((float*)(binding >= 0 ? buffers[binding] : scratch[~binding]) + first, end - first);
        }

        thread.Release(mark);
        return holds;
    }

    nint Bytes(RowScratch part) => part.IsGiven || part.Ahead >= 0 ? 0 : (((nint)BlockRows * (part.IsPerRow ? 1 : _columns) * part.ItemSize) + 63) / 64 * 64;
}
