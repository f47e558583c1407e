namespace Ashlar.Cpu;

/// <summary>Work cut into numbered chunks that may run in any order on any thread.</summary>
/// <remarks>What a chunk computes must depend on its number alone; then no result depends on who ran it.</remarks>
interface IChunkWork
{
    /// <summary>Does one chunk. Called once for each number, from several threads at a time.</summary>
    /// <param name="chunk">In [0, chunks).</param>
    void Execute(int chunk);
}
