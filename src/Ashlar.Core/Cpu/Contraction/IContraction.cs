namespace Ashlar.Cpu.Contraction;

/// <summary>Computes all of C = A·B for operands of one layout: for a convolution A is the kernel, B the input, C the output.</summary>
unsafe interface IContraction
{
    /// <summary>Computes C, overwriting it. May be called from several threads at a time.</summary>
    /// <param name="pool">Who computes.</param>
    /// <param name="a">Base of A.</param>
    /// <param name="b">Base of B.</param>
    /// <param name="c">Base of C; may not overlap A or B.</param>
    /// <param name="epilogue">Called for each finished rectangle of C, or null.</param>
    void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null);
}
