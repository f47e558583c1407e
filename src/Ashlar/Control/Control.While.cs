using Ashlar.Calls;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Loops with a condition.</content>
public static partial class Control
{
    /// <summary>Runs a body while a condition on the carried value holds.</summary>
    /// <param name="carry">The value before the first step.</param>
    /// <param name="condition">From the value to bool [].</param>
    /// <param name="body">From the value to the next, of the same shape and dtype.</param>
    /// <returns>The first value for which the condition does not hold. A condition that always holds never ends.</returns>
    /// <remarks>Forward mode passes; a gradient backwards is an error, use <see cref="Loop(int, Tensor, Func{Tensor, Tensor, Tensor})"/>.</remarks>
    /// <exception cref="ShapeException">The condition is no single bool, or the value leaves a step in another shape or dtype.</exception>
    public static Tensor While(Tensor carry, Func<Tensor, Tensor> condition, Func<Tensor, Tensor> body) =>
        While([carry], xs => condition(xs[0]), xs => [body(xs[0])])[0];

    /// <summary>Runs a body while a condition on the carried values holds.</summary>
    /// <param name="carries">The values before the first step, of any dtypes.</param>
    /// <param name="condition">From the values to bool [].</param>
    /// <param name="body">From the values to the next, of the same shapes and dtypes.</param>
    /// <returns>The first values for which the condition does not hold.</returns>
    /// <exception cref="ShapeException">The condition is no single bool, or a value leaves a step in another shape or dtype.</exception>
    public static Tensor[] While(Tensor[] carries, Func<Tensor[], Tensor> condition, Func<Tensor[], Tensor[]> body)
    {
        (WhileAttributes call, Node[] inputs) = WhilePrimitive.Record(Nodes(carries), xs => condition(Tensors(xs)).Node, xs => Nodes(body(Tensors(xs))));
        return [.. Enumerable.Range(0, call.Carries).Select(i => new Tensor(new Node(WhilePrimitive.Instance, inputs, call.For(i))))];
    }
}
