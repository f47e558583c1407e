namespace Ashlar.Cpu.Contraction;

/// <summary>What is done to C's elements as soon as they are final: bias, activation, residual, update.</summary>
interface IContractionEpilogue
{
    /// <summary>Called once for each finished rectangle of C, on the thread that computed it, while it is in cache. The rectangles cover C without overlap.</summary>
    /// <param name="batch">In [0, Batch).</param>
    /// <param name="rowStart">First row m.</param>
    /// <param name="rowCount">Rows, at least 1.</param>
    /// <param name="columnStart">First column n.</param>
    /// <param name="columnCount">Columns, at least 1.</param>
    void Apply(int batch, int rowStart, int rowCount, int columnStart, int columnCount);
}
