using Ashlar.Onnx.Graphs;

namespace Ashlar.Onnx;

/// <summary>How a model is made ready, and what its runs may cost.</summary>
public sealed record OnnxLoadOptions
{
    /// <summary>Whether layers and functions that exporters wrote out as small nodes are recorded in the form that makes fewer launches. The bits are the same either way.</summary>
    public bool Patterns { get; init; } = true;

    /// <summary>What random operators draw from, together with their place and the number of the run.</summary>
    public long Seed { get; init; }

    /// <summary>Operations that one run may come to, a multiplication and its addition as two, every node at least one; null for any number. A model that nobody vouches for may hold a loop of 2⁶² steps.</summary>
    public long? MostOperations { get; init; }

    /// <summary>Bytes that one value of a run may take; null for any number.</summary>
    public long? MostBytes { get; init; }

    // Null where nothing is limited and nobody can stop the run.
    internal RunBudget? Budget(CancellationToken cancellation) => MostOperations is null && MostBytes is null && !cancellation.CanBeCanceled ? null : new RunBudget(MostOperations, MostBytes, cancellation);
}
