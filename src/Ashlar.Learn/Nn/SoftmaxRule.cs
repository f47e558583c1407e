using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <summary>The derivatives of y = softmax(x): y · (u - Σ y · u) for a cotangent as for a tangent u, because the Jacobian is symmetric.</summary>
/// <remarks>The rules of its steps would divide by the sum three times for each element.</remarks>
sealed class SoftmaxRule(int axis) : GradientRule("Softmax")
{
    public override Node?[] Vjp(Node value, Node[] given, Node cotangent) => [Times(value, cotangent)];

    public override Node? Jvp(Node value, Node[] given, Node?[] tangents) => tangents[0] is { } dx ? Times(value, dx) : null;

    Node Times(Node y, Node u)
    {
        Node sum = Op.Restore(Op.Sum(Op.Multiply(y, u), [axis]), y.Shape, [axis]);
        return Op.Multiply(y, Op.Subtract(u, sum));
    }
}
