using Ashlar.Calls;
using Ashlar.Cpu.Steps;

namespace Ashlar.Schedule;

/// <summary>A branch: reads the predicate and runs the plan of one function.</summary>
sealed unsafe class CondStep : Step
{
    readonly KernelPlan _then;
    readonly KernelPlan _otherwise;
    readonly int[] _inputs;
    readonly int[] _results;
    readonly int _slots;
    readonly int _temporary;

    /// <param name="cond">The call.</param>
    /// <param name="inputs">Buffers of the predicate and the inputs.</param>
    /// <param name="results">For each result of the call its buffer, or -1 if nothing reads it.</param>
    /// <param name="options">How the functions are planned.</param>
    /// <param name="temporary">Takes bytes that live as long as the launch.</param>
    public CondStep(CondAttributes cond, int[] inputs, int[] results, ExecutionOptions options, Func<nint, int> temporary)
    {
        int[] wanted = [.. Enumerable.Range(0, results.Length).Where(i => results[i] >= 0)];
        (_inputs, _results, _slots) = (inputs, [.. wanted.Select(i => results[i])], cond.Then.Slots.Length);
        _then = cond.Then.Plan(wanted, options);
        _otherwise = cond.Otherwise.Plan(wanted, options);
        _temporary = temporary(Math.Max(_then.ArenaBytes, _otherwise.ArenaBytes));
    }

    public override void Run(PlanMemory memory)
    {
        KernelPlan plan = *memory.Pointers[_inputs[0]] != 0 ? _then : _otherwise;
        plan.BindArena(memory.Pointers[_temporary]);
        for (int i = 1; i < _inputs.Length; i++)
        {
            plan.Bind(i - 1, memory.Pointers[_inputs[i]]);
        }

        for (int i = 0; i < _results.Length; i++)
        {
            plan.Bind(_slots + i, memory.Pointers[_results[i]]);
        }

        plan.Launch(memory.Pool);
    }
}
