using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Vector-Jacobian products: reverse mode.</content>
public static partial class Transform
{
    /// <summary>The value of <paramref name="f"/>, and the function that takes a cotangent of it to that of <paramref name="x"/>: u ↦ Jᵀu.</summary>
    /// <param name="f">A floating tensor in, a floating tensor of any shape out.</param>
    /// <param name="x">Where.</param>
    /// <returns>The value, and a function from a tensor of the value's shape to one of the shape of x. It may be called often; f is recorded once.</returns>
    /// <exception cref="DTypeException">Argument or value are not floating.</exception>
    [OverloadResolutionPriority(1)]
    public static (Tensor Value, Func<Tensor, Tensor> Pullback) Vjp(Func<Tensor, Tensor> f, Tensor x)
    {
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Vjp(xs => (Tensor[])[f(xs[0])], [x]);
        return (values[0], u => pullback([u])[0]);
    }

    /// <summary>The values of <paramref name="f"/>, and the function that takes cotangents of them to those of the arguments.</summary>
    /// <param name="f">Floating tensors in, floating tensors out.</param>
    /// <param name="xs">Where.</param>
    /// <exception cref="DTypeException">An argument or a value is not floating.</exception>
    public static (Tensor[] Values, Func<Tensor[], Tensor[]> Pullback) Vjp(Func<Tensor[], Tensor[]> f, Tensor[] xs)
    {
        Tensor[] all;
        Tensor[] kinds;
        Node[] probes;
        int outputs;
        for (int i = 0; i < xs.Length; i++)
        {
            RequireFloating("Vjp", i, xs[i]);
        }

        Watch watch;
        Node[] results;
        using (Node.WithGradient())
        {
            watch = new Watch(xs);
            Tensor[] values = f(watch.Tensors);
            Node[] nodes = Array.ConvertAll(values, value => value.Recorded);
            outputs = values.Length;
            kinds = [.. values, .. xs];
            probes = Probes("Vjp", nodes);
            results = [.. nodes, .. Gradients.Of(nodes, probes, watch.Nodes)];
        }

        all = [.. kinds.Zip(watch.Out(results), (kind, result) => kind.Like(result.Node))];
        return (all[..outputs], us => Put("Vjp", "cotangent", all[outputs..], probes, us));
    }

    // Stand-ins for what is given later; a batch of them may be given too.
    static Node[] Probes(string operation, ReadOnlySpan<Node> like)
    {
        var probes = new Node[like.Length];
        for (int i = 0; i < probes.Length; i++)
        {
            if (!like[i].Type.IsFloating)
            {
                throw new DTypeException($"{operation}: value {i} is {like[i].Type.Name}. Only floating values have derivatives; cast it, or return it from another function.");
            }

            probes[i] = Op.Barrier(Node.Slot(like[i].Shape, like[i].Type, i));
        }

        return probes;
    }

    static Tensor[] Put(string operation, string what, Tensor[] results, Node[] probes, Tensor[] given)
    {
        RequireLike(operation, what, probes, given);
        Node[] nodes = Rewrite.Replace(Array.ConvertAll(results, result => result.Recorded), probes, Array.ConvertAll(given, tensor => tensor.Recorded));
        return [.. results.Zip(nodes, (result, node) => result.Like(node))];
    }

    static void RequireLike(string operation, string what, Node[] wanted, Tensor[] given)
    {
        if (given.Length != wanted.Length)
        {
            throw new ArgumentException($"{operation}: {given.Length} {what}s were given for {wanted.Length}. Give one for each.");
        }

        for (int i = 0; i < given.Length; i++)
        {
            if (!given[i].Recorded.Shape.Equals(wanted[i].Shape) || given[i].Recorded.Type != wanted[i].Type)
            {
                throw new ShapeException(
                    $"{operation}: {what} {i} is {given[i].Recorded.Type.Name}{given[i].Recorded.Shape}, what it belongs to is {wanted[i].Type.Name}{wanted[i].Shape}. Give it that shape and dtype.");
            }
        }
    }
}
