using Ashlar.Calls;

namespace Ashlar.Schedule;

/// <summary>Plans of the functions that calls run.</summary>
static class BodyPlans
{
    extension(BodyGraph body)
    {
        /// <summary>The plan that computes some of the results.</summary>
        public KernelPlan Plan(int[] results, ExecutionOptions options) =>
            new(new PlanGraph(new bool[body.Slots.Length], [.. results.Select(i => body.Results[i])], []), options);
    }
}
