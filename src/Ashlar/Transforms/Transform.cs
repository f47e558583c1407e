using Ashlar.Ir;

namespace Ashlar;

/// <summary>Functions of functions: derivatives, batching and rules for both. Their results are ordinary functions of tensors, so they compose in any order.</summary>
public static partial class Transform
{
    /// <summary>Nothing recorded on this thread until the result is disposed keeps anything for a gradient: for evaluation loops and simulations. A transform inside still differentiates its own function.</summary>
    public static Node.NoGradientScope NoGradient() => Node.NoGradient();
}
