using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Scalars;

namespace Ashlar.Autodiff;

/// <summary>The derivatives of Σ (x - mean)² / n over axes, given x and x - mean: 2 u / n · (x - mean) for a cotangent u.</summary>
/// <remarks>What would pass through the mean is Σ (x - mean) = 0 times something: a pass over all elements to compute nothing.</remarks>
/// <param name="axes">The reduced axes, which stay with extent 1.</param>
/// <param name="count">n, a parameter of the plan's run: another one needs no other kernel.</param>
public sealed class VarianceRule(int[] axes, double count) : GradientRule("Var")
{
    /// <summary>A variance with this rule.</summary>
    /// <param name="variance">Σ (x - mean)² / n, the reduced axes with extent 1.</param>
    /// <param name="x">What it is the variance of.</param>
    /// <param name="centred">x - mean.</param>
    /// <param name="axes">The reduced axes, from the front.</param>
    /// <param name="count">n.</param>
    public static Node Record(Node variance, Node x, Node centred, int[] axes, double count) => GradientRulePrimitive.Record(variance, [x, centred], new VarianceRule(axes, count));

    /// <inheritdoc/>
    public override Node?[] Vjp(Node value, Node[] given, Node cotangent) => [Op.Multiply(Op.Expand(Share(cotangent), given[1].Shape.Extents), given[1]), null];

    /// <inheritdoc/>
    public override Node? Jvp(Node value, Node[] given, Node?[] tangents) =>
        tangents[0] is { } dx ? Share(Op.Reshape(Op.Sum(Op.Multiply(given[1], dx), axes), value.Shape.Extents)) : null;

    Node Share(Node u) => Op.Divide(Op.Multiply(u, Op.Number(u, 2)), Node.Scalar(u.Type, ScalarBits.FromDouble(u.Type, count)));
}
