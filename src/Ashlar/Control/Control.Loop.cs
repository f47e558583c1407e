using Ashlar.Calls;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Loops with a fixed number of steps.</content>
public static partial class Control
{
    /// <summary>Runs a body a fixed number of times on one carried value.</summary>
    /// <param name="count">Number of steps, ≥ 0.</param>
    /// <param name="carry">The value before the first step.</param>
    /// <param name="body">From the step's number, int32 [], and the value to the next value, of the same shape and dtype. It is recorded once.</param>
    /// <returns>The value after the last step.</returns>
    /// <exception cref="ShapeException">The value leaves a step in another shape or dtype.</exception>
    public static Tensor Loop(int count, Tensor carry, Func<Tensor, Tensor, Tensor> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Loop([carry], [Tensor.Arange(count)], (carries, slices) => ([body(slices[0], carries[0])], [])).Carries[0];
    }

    /// <summary>Runs a body over the slices of axis 0, carrying a value from step to step and stacking outputs.</summary>
    /// <param name="carry">The value before the first step.</param>
    /// <param name="inputs">[steps, …].</param>
    /// <param name="body">From the carried value and a slice to the next carried value, of the same shape and dtype, and an output. It is recorded once.</param>
    /// <param name="reverse">Whether the last slice comes first; an output stands at the place of its slice.</param>
    /// <returns>The carried value after the last step, and the outputs [steps, …].</returns>
    /// <exception cref="ShapeException">The carry leaves a step in another shape or dtype, or the input has no axis.</exception>
    public static (Tensor Carry, Tensor Output) Loop(Tensor carry, Tensor inputs, Func<Tensor, Tensor, (Tensor Carry, Tensor Output)> body, bool reverse = false)
    {
        (Tensor[] carries, Tensor[] outputs) = Loop([carry], [inputs], (state, slices) =>
        {
            (Tensor next, Tensor output) = body(state[0], slices[0]);
            return ([next], [output]);
        }, reverse: reverse);
        return (carries[0], outputs[0]);
    }

    /// <summary>Runs a body over the slices of axis 0 of several tensors, carrying values from step to step and stacking outputs.</summary>
    /// <param name="carries">The values before the first step, of any dtypes.</param>
    /// <param name="inputs">Each [steps, …]; may be none if <paramref name="count"/> is given.</param>
    /// <param name="body">From the carried values and the slices to the next carried values, of the same shapes and dtypes, and outputs. It is recorded once: what it captures is the same in every step, and gradients flow to it.</param>
    /// <param name="count">Number of steps; the inputs' axis 0 by default.</param>
    /// <param name="reverse">Whether the last slice comes first; an output stands at the place of its slice.</param>
    /// <returns>The carried values after the last step, and the outputs, each [steps, …]. Results of one loop that are read one by one run it once for each; <see cref="Tensor.Eval"/> computes them together, in one run.</returns>
    /// <exception cref="ShapeException">A carry leaves a step in another shape or dtype, or the inputs' numbers of steps differ.</exception>
    public static (Tensor[] Carries, Tensor[] Outputs) Loop(
        Tensor[] carries, Tensor[] inputs, Func<Tensor[], Tensor[], (Tensor[] Carries, Tensor[] Outputs)> body, int? count = null, bool reverse = false)
    {
        int steps = Steps(inputs, count);
        (LoopAttributes call, Node[] operands) = LoopPrimitive.Record(Nodes(carries), Nodes(inputs), steps, reverse, (state, slices) =>
        {
            (Tensor[] next, Tensor[] outputs) = body(Tensors(state), Tensors(slices));
            return (Nodes(next), Nodes(outputs));
        });
        Tensor[] results = [.. Enumerable.Range(0, call.Carries + call.Outputs).Select(i => new Tensor(new Node(LoopPrimitive.Instance, operands, call.For(i))))];
        return (results[..call.Carries], results[call.Carries..]);
    }

    static int Steps(Tensor[] inputs, int? count)
    {
        if (inputs.Length == 0 && count is null)
        {
            throw new ArgumentException("Loop: neither inputs nor a count say how many steps to run. Give one of them.");
        }

        int steps = count ?? (inputs[0].Rank == 0 ? 0 : inputs[0].Shape[0]);
        ArgumentOutOfRangeException.ThrowIfNegative(steps, nameof(count));
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Rank == 0 || inputs[i].Shape[0] != steps)
            {
                throw new ShapeException($"Loop: input {i} is {inputs[i].Shape}, the loop has {steps} steps. Give the inputs one slice for each step along axis 0; capture in the body what is the same for all.");
            }
        }

        return steps;
    }

    static Node[] Nodes(Tensor[] tensors) => Array.ConvertAll(tensors, tensor => tensor.Node);

    static Tensor[] Tensors(Node[] nodes) => Array.ConvertAll(nodes, node => new Tensor(node));
}
