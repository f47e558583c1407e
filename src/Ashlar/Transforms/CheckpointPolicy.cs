using Ashlar.Ir;
using Ashlar.Primitives.Structure;

namespace Ashlar;

/// <summary>Which values a checkpointed function keeps for its gradient instead of computing them again. No choice changes a bit.</summary>
public sealed class CheckpointPolicy
{
    CheckpointPolicy(Func<Node, bool> keep) => Keep = keep;

    /// <summary>Keeps the arguments alone: least memory, about one more forward pass.</summary>
    public static CheckpointPolicy SaveNothing { get; } = new(_ => false);

    /// <summary>Keeps the results of matrix products and convolutions, which cost the most to compute again.</summary>
    public static CheckpointPolicy SaveProducts { get; } = new(node => node.Primitive.Lowering is Lowering.Dot or Lowering.Conv);

    /// <summary>Keeps everything: as without a checkpoint.</summary>
    public static CheckpointPolicy SaveEverything { get; } = new(_ => true);

    internal Func<Node, bool> Keep { get; }

    /// <summary>Keeps the values that the function named by <see cref="Tensor.Named"/>.</summary>
    public static CheckpointPolicy SaveNamed(params string[] names) => new(node => node.Primitive is NamePrimitive && names.Contains(((NameAttributes)node.Attributes!).Name));
}
