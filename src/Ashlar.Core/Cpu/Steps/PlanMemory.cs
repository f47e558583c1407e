namespace Ashlar.Cpu.Steps;

/// <summary>The memory of one run: for each buffer of the plan its first byte.</summary>
/// <param name="pointers">Indexed by buffer number.</param>
/// <param name="pool">The threads that share the work.</param>
sealed unsafe class PlanMemory(byte** pointers, WorkerPool pool)
{
    public byte** Pointers => pointers;

    public WorkerPool Pool => pool;
}
