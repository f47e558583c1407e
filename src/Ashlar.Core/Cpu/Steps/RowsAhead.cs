using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Ashlar.Kernels;

namespace Ashlar.Cpu.Steps;

/// <summary>What passes over the next block of rows will read, asked for while the longest pass over this one computes: else memory and arithmetic take turns.</summary>
sealed unsafe class RowsAhead
{
    const int LineBytes = 64;

    // Between one part of the block and the next some lines are asked for: no more than can be under way.
    const int ElementsOfPart = 1024;
    const int LongestRow = 4096;

    // Fewer bytes stay in the second-level cache.
    const long BytesNear = 1 << 20;

    // Steps of a map that leaves memory idle: those of exp do, those of a difference and its square do not.
    const int FewestSteps = 12;

    readonly int _rows;
    readonly int _columns;
    readonly (int Buffer, int ItemSize)[] _read;

    RowsAhead(int rows, int columns, int stage, (int Buffer, int ItemSize)[] read) => (_rows, _columns, Stage, _read) = (rows, columns, stage, read);

    /// <summary>The pass that is done part by part.</summary>
    public int Stage { get; }

    /// <summary>Rows of a part.</summary>
    public int RowsOfPart => Math.Max(1, ElementsOfPart / _columns);

    /// <summary>What is worth asking for; null where nothing is.</summary>
    /// <param name="rows">Rows of all blocks.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="stages">The passes.</param>
    public static RowsAhead? Of(int rows, int columns, RowStage[] stages)
    {
        int[] slow = [.. Enumerable.Range(0, stages.Length).Where(stage => StepsOf(stages[stage]) >= FewestSteps)];
        if (!Sse.IsSupported || slow.Length == 0 || columns is 0 or > LongestRow)
        {
            return null;
        }

        (int, int)[] read = [.. stages.SelectMany(Whole).Distinct().Where(input => (long)rows * columns * input.ItemSize >= BytesNear)];
        return read.Length == 0 ? null : new RowsAhead(rows, columns, slow.MaxBy(stage => StepsOf(stages[stage])), read);
    }

    /// <summary>Asks for rows that the next block reads, those beyond all rows excepted.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fetch(byte** buffers, int first, int end)
    {
        foreach ((int buffer, int itemSize) in _read)
        {
            byte* last = buffers[buffer] + ((nint)Math.Min(_rows, end) * _columns * itemSize);
            for (byte* at = buffers[buffer] + ((nint)first * _columns * itemSize); at < last; at += LineBytes)
            {
                Sse.Prefetch0(at);
            }
        }
    }

    static int StepsOf(RowStage stage) => stage.Kind == RowStageKind.Elements ? stage.Work!.Nest.Program.Instructions.Length : 0;

    // The memory that has an element for each of the space, in its order.
    static IEnumerable<(int Buffer, int ItemSize)> Whole(RowStage stage) => stage.Kind switch
    {
        RowStageKind.Reduction when stage.Source >= 0 => [(stage.Source, stage.ItemSize)],
        RowStageKind.Elements => stage.Work!.Nest.Inputs
            .Where(operand => !operand.IsCoordinate && operand.Binding >= 0 && operand.Offset == 0 && operand.Strides.AsSpan().SequenceEqual(Space.Contiguous(stage.Work.Nest.Extents)))
            .Select(operand => (operand.Binding, operand.Type.ItemSize)),
        _ => [],
    };
}
