namespace Ashlar.Cpu.Contraction;

/// <summary>A block of rows that are contiguous along k, multiplied by a vector: lane i of a register is row i, so the block is transposed on its way.</summary>
/// <typeparam name="TVector">The register: as many rows as it has lanes.</typeparam>
unsafe interface IRowBlock<TVector>
    where TVector : unmanaged
{
    /// <summary>Extent of k in a block.</summary>
    static abstract int Depth { get; }

    /// <summary>sum + Σ over k, in order, of row[k] · vector[k], each product fused with its addition.</summary>
    /// <param name="data">Where k begins.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="vector">[Depth] factors.</param>
    /// <param name="sum">What is added to.</param>
    static abstract TVector MultiplyAdd(float* data, nint step, float* vector, TVector sum);

    /// <summary>One element of each row.</summary>
    static abstract TVector Gather(float* data, nint step);

    /// <summary>Sums of two registers of rows, each over four chunks of k: lane 4·i + j is row i, chunk j. A register then follows few rows, and few pages of memory, and none of them compete for a line of the cache.</summary>
    /// <param name="data">Where the first chunk of the first row begins; chunks follow each other.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="vector">[256, 4] factors of the four chunks.</param>
    /// <param name="sums">Receives [rows, 4].</param>
    /// <param name="ahead">The first row of what comes next, to be fetched meanwhile, or null.</param>
    static abstract void SumChunks(float* data, nint step, float* vector, float* sums, float* ahead);
}
