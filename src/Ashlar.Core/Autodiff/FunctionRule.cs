using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Autodiff;

/// <summary>A rule that a user wrote, in one direction; the other is its transpose.</summary>
public sealed class FunctionRule : GradientRule
{
    readonly Func<Node[], Node, Node, Node?[]>? _vjp;
    readonly Func<Node[], Node, Node[], Node>? _jvp;

    /// <param name="name">As in messages.</param>
    /// <param name="vjp">From arguments, value and its cotangent to the arguments' cotangents.</param>
    public FunctionRule(string name, Func<Node[], Node, Node, Node?[]> vjp)
        : base(name) => _vjp = vjp;

    /// <param name="name">As in messages.</param>
    /// <param name="jvp">From arguments, value and the arguments' tangents to the value's tangent; linear in the tangents.</param>
    public FunctionRule(string name, Func<Node[], Node, Node[], Node> jvp)
        : base(name) => _jvp = jvp;

    /// <inheritdoc/>
    public override Node?[] Vjp(Node value, Node[] given, Node cotangent)
    {
        if (_vjp is not null)
        {
            return _vjp(given, value, cotangent);
        }

        Node[] zeros = Array.ConvertAll(given, Op.Zeros);
        Node[] probes = Array.ConvertAll(zeros, Op.Barrier);
        return Rewrite.Replace(Gradients.Of([Along(given, value, probes)], [cotangent], probes), probes, zeros);
    }

    /// <inheritdoc/>
    public override Node? Jvp(Node value, Node[] given, Node?[] tangents) =>
        _jvp is null ? null : Along(given, value, [.. tangents.Select((tangent, i) => tangent ?? Op.Zeros(given[i]))]);

    Node Along(Node[] given, Node value, Node[] tangents)
    {
        Node tangent = _jvp!(given, value, tangents);
        return tangent.Shape.Equals(value.Shape) && tangent.Type == value.Type ? tangent
            : throw new ShapeException($"{Name}: the tangent is {tangent.Type.Name}{tangent.Shape}, the value {value.Type.Name}{value.Shape}. Return it in the value's shape and dtype.");
    }
}
