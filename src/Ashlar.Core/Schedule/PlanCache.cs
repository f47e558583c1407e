namespace Ashlar.Schedule;

/// <summary>The plans made so far, found by their whole key.</summary>
sealed class PlanCache
{
    readonly Dictionary<int, List<(PlanKey Key, IPlan Plan)>> _plans = [];

    public IPlan Get(RecordedGraph graph, ExecutionOptions options)
    {
        ReadOnlySpan<int> words = graph.Key.Words;
        int hash = PlanKey.Hash(words);
        if (!_plans.TryGetValue(hash, out List<(PlanKey Key, IPlan Plan)>? bucket))
        {
            _plans[hash] = bucket = [];
        }

        foreach ((PlanKey key, IPlan plan) in bucket)
        {
            if (key.Matches(words))
            {
                return plan;
            }
        }

        // Making a plan may read other graphs, and what a graph wrote as its key is overwritten then.
        var wanted = new PlanKey(words);
        IPlan made = options.Executor == Executor.Reference ? new ReferencePlan(graph.Skeleton()) : new KernelPlan(graph.Skeleton(), options);
        Diagnostics.PlanBuilt();
        bucket.Add((wanted, made));
        return made;
    }
}
