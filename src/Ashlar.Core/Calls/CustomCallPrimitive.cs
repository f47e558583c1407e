using System.Runtime.InteropServices;
using Ashlar.Autodiff;
using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A kernel of the user's own. Its definition is the kernel itself: the reference runs it too.</summary>
public sealed class CustomCallPrimitive : Primitive
{
    CustomCallPrimitive()
        : base("CustomCall")
    {
    }

    /// <summary>The one instance.</summary>
    public static CustomCallPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var call = (CustomCallAttributes)attributes!;
        (int[] extents, Shape[] examples) = call.Cut(inputs);
        (Shape shape, DType type) = call.Kernel.Infer(examples, Array.ConvertAll(inputs.ToArray(), input => input.Type));
        return (new Shape([.. extents, .. shape]), type);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The kernel has no vjp.</exception>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var call = (CustomCallAttributes)node.Attributes!;
        if (call.Batches.Length > 0)
        {
            var example = new CustomCallAttributes(call.Kernel, call.Batches[1..]);
            return BatchedRule.Vjp(node.Inputs, call.Batches[0], cotangent, (inputs, dy) => Vjp(new Node(this, inputs, example), dy));
        }

        if (call.Kernel.Vjp is null)
        {
            throw new InvalidOperationException($"{call.Kernel.Name}: it has no vjp, so no gradient passes. Give it one, or stop the gradient with StopGradient().");
        }

        Node[] given = node.Inputs.ToArray();
        Node?[] parts = call.Kernel.Vjp(given, node, cotangent);
        GradientRule.RequireLike(call.Kernel.Name, parts, given);
        return parts;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var call = (CustomCallAttributes)node.Attributes!;
        return call.Kernel.Vmap is { } vmap && call.Batches.Length == 0
            ? vmap(inputs.ToArray(), batched.ToArray())
            : new Node(this, inputs, new CustomCallAttributes(call.Kernel, [batched.ToArray(), .. call.Batches]));
    }

    /// <inheritdoc/>
    public override unsafe void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var run = new CustomRun(node);
        byte** operands = stackalloc byte*[inputs.Length + 1];
        var pins = new GCHandle[inputs.Length + 1];
        try
        {
            for (int i = 0; i < pins.Length; i++)
            {
                byte[] bytes = i < inputs.Length ? inputs[i].Bytes : result.Bytes;
                pins[i] = GCHandle.Alloc(bytes, GCHandleType.Pinned);
                operands[i] = (byte*)pins[i].AddrOfPinnedObject();
            }

            run.Execute(operands, 0, run.Items);
        }
        finally
        {
            foreach (GCHandle pin in pins.Where(pin => pin.IsAllocated))
            {
                pin.Free();
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => node.Shape.Size;
}
