using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A product or convolution whose results run through maps while they are hot.</summary>
/// <remarks>Results larger than the last-level cache are mapped rectangle by rectangle as they are finished. Smaller ones stay in it anyway
/// and are mapped as a whole afterwards, in longer runs. Which of the two follows from the shape alone.</remarks>
sealed unsafe class ContractStep(
    IContraction kernel, ContractionNest nest, BufferPlace a, BufferPlace b, int c, MapWork? after, InputSpread? spread, KeptStep? kept = null) : Step, IContractionEpilogue
{
    const long CachedBytes = 16 << 20;

    readonly MapStep? _whole = after is not null && (long)after.Size * nest.Type.ItemSize <= CachedBytes ? new MapStep(after) : null;
    byte** _buffers;

    public override void Run(PlanMemory memory)
    {
        _buffers = memory.Pointers;
        IContractionEpilogue? epilogue = after is null || _whole is not null ? null : this;
        if (kept is { } form && _buffers[form.Buffer] != null)
        {
            byte* panels = _buffers[form.Buffer];
            byte* other = form.Other.In(_buffers);
            form.Kernel.Run(memory.Pool, form.IsA ? panels : other, form.IsA ? other : panels, _buffers[c], epilogue);
        }
        else
        {
            spread?.Run(memory);
            kernel.Run(memory.Pool, a.In(_buffers), b.In(_buffers), _buffers[c], epilogue);
        }

        _whole?.Run(memory);
        _buffers = null;
    }

    // Columns that stand side by side in the result are one run of flat places.
    void IContractionEpilogue.Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount)
    {
        int[] columns = nest.ColumnC;
        int end = columnStart + columnCount;
        byte** bases = stackalloc byte*[after!.OperandCount];
        after.Bind(_buffers, null, bases);
        for (int row = rowStart; row < rowStart + rowCount; row++)
        {
            int first = nest.BatchC[batch] + nest.RowC[row];
            for (int column = columnStart; column < end;)
            {
                int next = column + 1;
                while (next < end && columns[next] == columns[next - 1] + 1)
                {
                    next++;
                }

                after.RunBound(bases, first + columns[column], first + columns[next - 1] + 1);
                column = next;
            }
        }
    }
}
