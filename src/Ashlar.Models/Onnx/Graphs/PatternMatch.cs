namespace Ashlar.Onnx.Graphs;

/// <summary>Steps that together are one layer or function.</summary>
/// <param name="Name">Which.</param>
/// <param name="Steps">All of them.</param>
sealed record PatternMatch(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>What is run instead of a step, with the same bits; null for a step that is not needed any more.</summary>
    public IReadOnlyDictionary<Step, Step?> Instead { get; init; } = new Dictionary<Step, Step?>();

    /// <summary>A match if nothing else reads what lies between its steps.</summary>
    /// <param name="graph">Where the steps stand.</param>
    /// <param name="name">Of the pattern.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="last">The one whose results others read.</param>
    public static PatternMatch? Of(StepGraph graph, string name, IEnumerable<Step> steps, Step last)
    {
        Step[] all = [.. steps.DistinctBy(step => step.Number)];
        foreach (Step step in all)
        {
            if (step != last && !step.Outputs.All(slot => slot < 0 || (!graph.IsKept(slot) && graph.Readers(slot).All(all.Contains))))
            {
                return null;
            }
        }

        return new PatternMatch(name, [.. all.OrderBy(step => step.Number)]);
    }
}
