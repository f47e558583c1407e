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

    internal Tensor? GradientNorm { get; set; }

    internal Tensor? IsFinite { get; set; }

    /// <summary>Gives a parameter its next value.</summary>
    public void Assign(Parameter parameter, Tensor next) => Assign(new Assignment(parameter.Variable, next.Node));

    /// <summary>Gives a state variable its next value.</summary>
    public void Assign(Variable state, Tensor next) => Assign(new Assignment(state, next.Node));

    /// <summary>A running mean: state ← keep · state + (1 - keep) · x.</summary>
    /// <returns>The next value of the state.</returns>
    public Tensor Average(Variable state, double keep, Tensor x)
    {
        Tensor next = (new Tensor(state.Leaf) * keep) + (x * (1 - keep));
        Assign(state, next);
        return next;
    }

    internal void Assign(Assignment assignment) => _assignments.Add(assignment);

    // Where the gradients overflowed, what was assigned from number `first` on keeps its value.
    internal void GuardFrom(int first)
    {
        for (int i = first; IsFinite is { } finite && i < _assignments.Count; i++)
        {
            Assignment assignment = _assignments[i];
            _assignments[i] = assignment with { Value = Tensor.Where(finite, new Tensor(assignment.Value), new Tensor(assignment.Variable.Leaf)).Node };
        }
    }
}
