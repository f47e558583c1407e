using Ashlar.Calls;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Branches.</content>
public static partial class Control
{
    /// <summary>Runs one of two functions, by a predicate that is not read in C#.</summary>
    /// <param name="predicate">bool [].</param>
    /// <param name="operand">What both functions are given.</param>
    /// <param name="then">What runs if it is true.</param>
    /// <param name="otherwise">What runs if it is false; the result has the same shape and dtype.</param>
    /// <remarks>Under <see cref="Transform.Vmap(Func{Tensor, Tensor}, int, int)"/> with a predicate for each example both run, and each example takes its own.</remarks>
    /// <exception cref="ShapeException">The predicate is no single bool, or the branches' results differ in shape or dtype.</exception>
    public static Tensor Cond(Tensor predicate, Tensor operand, Func<Tensor, Tensor> then, Func<Tensor, Tensor> otherwise) =>
        Cond(predicate, [operand], xs => [then(xs[0])], xs => [otherwise(xs[0])])[0];

    /// <summary>Runs one of two functions, by a predicate that is not read in C#.</summary>
    /// <param name="predicate">bool [].</param>
    /// <param name="operands">What both functions are given; what they capture besides has its gradients too.</param>
    /// <param name="then">What runs if it is true.</param>
    /// <param name="otherwise">What runs if it is false; the results have the same shapes and dtypes.</param>
    /// <exception cref="ShapeException">The predicate is no single bool, or the branches' results differ in shape or dtype.</exception>
    public static Tensor[] Cond(Tensor predicate, Tensor[] operands, Func<Tensor[], Tensor[]> then, Func<Tensor[], Tensor[]> otherwise)
    {
        (CondAttributes call, Node[] inputs) = CondPrimitive.Record(predicate.Node, Nodes(operands), xs => Nodes(then(Tensors(xs))), xs => Nodes(otherwise(Tensors(xs))));
        return [.. Enumerable.Range(0, call.Then.Results.Length).Select(i => new Tensor(new Node(CondPrimitive.Instance, inputs, call.For(i))))];
    }
}
