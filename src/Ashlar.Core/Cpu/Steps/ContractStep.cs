using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A product or convolution whose results run through maps while they are hot.</summary>
sealed unsafe class ContractStep(
    ContractionKernel kernel, ContractionNest nest, BufferPlace a, BufferPlace b, int c, MapWork? after, InputSpread? spread) : Step, IContractionEpilogue
{
    byte** _buffers;

    public override void Run(PlanMemory memory)
    {
        _buffers = memory.Pointers;
        spread?.Run(memory);
        kernel.Run(memory.Pool, a.In(_buffers), b.In(_buffers), _buffers[c], after is null ? null : this);
        _buffers = null;
    }

    // Columns that stand side by side in the result are one run of flat places.
    void IContractionEpilogue.Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount)
    {
        int[] columns = nest.ColumnC;
        for (int row = rowStart; row < rowStart + rowCount; row++)
        {
            int first = nest.BatchC[batch] + nest.RowC[row];
            for (int column = columnStart; column < columnStart + columnCount;)
            {
                int run = 1;
                while (column + run < columnStart + columnCount && columns[column + run] == columns[column] + run)
                {
                    run++;
                }

                int place = first + columns[column];
                after!.Run(_buffers, null, place, place + run);
                column += run;
            }
        }
    }
}
