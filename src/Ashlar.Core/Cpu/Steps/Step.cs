namespace Ashlar.Cpu.Steps;

/// <summary>One launch of a plan: work on bound memory, shared by the threads of the pool.</summary>
abstract class Step
{
    public abstract void Run(PlanMemory memory);
}
