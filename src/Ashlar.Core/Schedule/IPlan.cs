using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>A program made once for a graph of one form and run for every graph of that form.</summary>
interface IPlan
{
    /// <summary>Computes all results.</summary>
    /// <param name="slots">Memory of the leaves; scalar parameters have theirs too.</param>
    /// <param name="assigned">Memory of the variables' next values.</param>
    /// <param name="options">Threads to use.</param>
    /// <returns>Memory of the results, in the order of the graph's outputs.</returns>
    Storage[] Run(Storage[] slots, Storage[] assigned, ExecutionOptions options);

    /// <summary>Whether the variable's next value may be written over the present one.</summary>
    bool InPlace(int assignment);

    /// <summary>The kernels with their nodes, shapes and fusion decisions.</summary>
    string Explain();
}
