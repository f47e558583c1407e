namespace Ashlar.Cpu.Steps;

/// <summary>A launch whose result is there already: its operands were computed where it wants them.</summary>
sealed class PlacedStep : Step
{
    public override void Run(PlanMemory memory)
    {
    }
}
