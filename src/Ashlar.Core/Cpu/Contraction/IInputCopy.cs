namespace Ashlar.Cpu.Contraction;

/// <summary>Writes an input of a convolution the way the contraction reads it.</summary>
unsafe interface IInputCopy
{
    /// <param name="pool">Who copies.</param>
    /// <param name="from">Base of the input.</param>
    /// <param name="to">Receives the copy.</param>
    void Write(WorkerPool pool, byte* from, byte* to);
}
