using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Functions with derivatives that their author wrote.</content>
public static partial class Transform
{
    /// <summary>The function <paramref name="f"/> with a gradient of its own.</summary>
    /// <param name="f">A tensor in, a tensor out. What gradients are asked of must be its argument, not captured.</param>
    /// <param name="vjp">From the argument, the value and the value's cotangent to the argument's cotangent, of the argument's shape and dtype. Derivatives of higher order differentiate it, forward mode transposes it.</param>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> CustomGradient(Func<Tensor, Tensor> f, Func<Tensor, Tensor, Tensor, Tensor> vjp)
    {
        Func<Tensor[], Tensor> many = CustomGradient((Tensor[] xs) => f(xs[0]), (xs, y, dy) => [vjp(xs[0], y, dy)]);
        return x => many([x]);
    }

    /// <summary>The function <paramref name="f"/> of several tensors with gradients of its own.</summary>
    /// <param name="f">Tensors in, a tensor out. What gradients are asked of must be among its arguments, not captured.</param>
    /// <param name="vjp">From the arguments, the value and the value's cotangent to the arguments' cotangents, null where there is none.</param>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    public static Func<Tensor[], Tensor> CustomGradient(Func<Tensor[], Tensor> f, Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp)
    {
        var rule = new FunctionRule("CustomGradient", (Node[] given, Node value, Node cotangent) =>
            Array.ConvertAll(vjp(Tensors(given), new Tensor(value), new Tensor(cotangent)), part => part?.Node));
        return xs => new Tensor(WithRule(f(xs).Node, xs, rule));
    }

    /// <summary>The function <paramref name="f"/> of several tensors and with several results, with gradients of its own.</summary>
    /// <param name="f">Tensors in, floating tensors out. What gradients are asked of must be among its arguments, not captured.</param>
    /// <param name="vjp">From the arguments, the values and the values' cotangents, zeros where a value was not used, to the arguments' cotangents, null where there is none. It is asked once for all results.</param>
    /// <exception cref="DTypeException">A result is not floating.</exception>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    public static Func<Tensor[], Tensor[]> CustomGradient(Func<Tensor[], Tensor[]> f, Func<Tensor[], Tensor[], Tensor[], Tensor?[]> vjp) => xs =>
    {
        var joint = new JointResults("CustomGradient", f(xs));
        var rule = new FunctionRule("CustomGradient", (Node[] given, Node value, Node cotangent) =>
            Array.ConvertAll(vjp(Tensors(given), joint.Split(value), joint.Split(cotangent)), part => part?.Node));
        return joint.Through(WithRule(joint.Packed, xs, rule));
    };

    /// <summary>The function <paramref name="f"/> with a directional derivative of its own; gradients transpose it.</summary>
    /// <param name="f">A tensor in, a tensor out. What derivatives are asked of must be its argument, not captured.</param>
    /// <param name="jvp">From the argument, the value and the argument's tangent to the value's tangent; linear in the tangent.</param>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> CustomJvp(Func<Tensor, Tensor> f, Func<Tensor, Tensor, Tensor, Tensor> jvp)
    {
        Func<Tensor[], Tensor> many = CustomJvp((Tensor[] xs) => f(xs[0]), (xs, y, ts) => jvp(xs[0], y, ts[0]));
        return x => many([x]);
    }

    /// <summary>The function <paramref name="f"/> of several tensors with a directional derivative of its own; gradients transpose it.</summary>
    /// <param name="f">Floating tensors in, a tensor out. What derivatives are asked of must be among its arguments, not captured.</param>
    /// <param name="jvp">From the arguments, the value and the arguments' tangents to the value's tangent; linear in the tangents.</param>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    public static Func<Tensor[], Tensor> CustomJvp(Func<Tensor[], Tensor> f, Func<Tensor[], Tensor, Tensor[], Tensor> jvp)
    {
        var rule = new FunctionRule("CustomJvp", (Node[] given, Node value, Node[] tangents) => jvp(Tensors(given), new Tensor(value), Tensors(tangents)).Node);
        return xs => new Tensor(WithRule(f(xs).Node, xs, rule));
    }

    /// <summary>The function <paramref name="f"/> of several tensors and with several results, with a directional derivative of its own; gradients transpose it.</summary>
    /// <param name="f">Floating tensors in, floating tensors out. What derivatives are asked of must be among its arguments, not captured.</param>
    /// <param name="jvp">From the arguments, the values and the arguments' tangents to the values' tangents, in their shapes and dtypes; linear in the tangents.</param>
    /// <exception cref="DTypeException">A result is not floating.</exception>
    /// <exception cref="InvalidOperationException">f captures a variable or a watched value.</exception>
    public static Func<Tensor[], Tensor[]> CustomJvp(Func<Tensor[], Tensor[]> f, Func<Tensor[], Tensor[], Tensor[], Tensor[]> jvp) => xs =>
    {
        var joint = new JointResults("CustomJvp", f(xs));
        var rule = new FunctionRule("CustomJvp", (Node[] given, Node value, Node[] tangents) => joint.Pack(jvp(Tensors(given), joint.Split(value), Tensors(tangents))));
        return joint.Through(WithRule(joint.Packed, xs, rule));
    };

    static Node WithRule(Node value, Tensor[] xs, GradientRule rule)
    {
        Node[] given = [.. xs.Select(x => x.Node)];
        var border = new HashSet<Node>(given, ReferenceEqualityComparer.Instance);
        foreach (Node node in GraphWalk.PostOrder([value], node => node.IsTraced && !border.Contains(node)))
        {
            if (node.IsTraced && !border.Contains(node) && (node.Variable is not null || node.Primitive is IGradientSource))
            {
                string what = node.Variable is { } variable ? $"the variable '{variable.Name}'" : $"{node.Type.Name}{node.Shape}";
                throw new InvalidOperationException($"{rule.Name}: the function captures {what}, of which a gradient may be asked that the rule does not give. Pass it as an argument, or capture it with StopGradient().");
            }
        }

        return GradientRulePrimitive.Record(value, given, rule);
    }

    static Tensor[] Tensors(Node[] nodes) => Array.ConvertAll(nodes, node => new Tensor(node));
}
