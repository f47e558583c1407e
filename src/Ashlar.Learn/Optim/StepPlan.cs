using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>The assignments of one step; an optimizer's rule adds to it.</summary>
public sealed class StepPlan
{
    readonly List<Assignment> _assignments = [];

    internal StepPlan(long steps) => Step = steps + 1;

    /// <summary>The step's number, from 1.</summary>
    public long Step { get; }

    /// <summary>What becomes of which variables.</summary>
    public IReadOnlyList<Assignment> Assignments => _assignments;

    /// <summary>Gives a parameter its next value.</summary>
    public void Assign(Parameter parameter, Tensor next) => Assign(new Assignment(parameter.Variable, next.Node));

    /// <summary>Gives a state variable its next value.</summary>
    public void Assign(Variable state, Tensor next) => Assign(new Assignment(state, next.Node));

    internal void Assign(Assignment assignment) => _assignments.Add(assignment);
}
