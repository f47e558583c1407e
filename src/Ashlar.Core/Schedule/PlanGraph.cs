using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A graph over slots: what a plan computes.</summary>
/// <param name="IsScalarSlot">For each slot whether it is a scalar parameter.</param>
/// <param name="Outputs">Nodes whose values are results.</param>
/// <param name="Assigned">Nodes whose values go to variables, with the slot of the variable's present value if an update in place is allowed, else -1.</param>
sealed record PlanGraph(bool[] IsScalarSlot, Node[] Outputs, (Node Value, int Slot)[] Assigned)
{
    /// <summary>Slots before this one may have another value in each run; those from it on have the same in all.</summary>
    public int Changing { get; init; } = int.MaxValue;

    public Node[] Roots => [.. Outputs, .. Assigned.Select(a => a.Value)];

    public List<Node> Order() => GraphWalk.PostOrder(Roots, _ => true);
}
