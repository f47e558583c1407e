using Ashlar.Calls;
using Ashlar.Ir;

namespace Ashlar;

/// <summary>A kernel of your own: C# over spans that takes part in plans, gradients and batches like any operation.</summary>
/// <remarks>Make it once and keep it, in a static field for example: plans are found by it. The kernel must give the same bits for the same inputs
/// on any thread and for any cut into items; Ashlar can promise equal bits for the rest of a program only.</remarks>
/// <param name="name">As in messages and explanations.</param>
/// <param name="result">Shape and dtype of the result from those of the inputs; throws if they do not fit.</param>
/// <param name="kernel">Computes the elements of the result.</param>
public sealed class CustomCall(string name, Func<Shape[], DType[], (Shape Shape, DType Type)> result, KernelBody kernel)
{
    CustomCallAttributes? _attributes;

    /// <summary>As in messages and explanations.</summary>
    public string Name => name;

    /// <summary>Into how many items a result of a shape is cut that may be computed alone and at the same time, such as its rows; by default it is one item.</summary>
    public Func<Shape, int>? Items { get; init; }

    /// <summary>From inputs, result and the result's cotangent to the inputs' cotangents, null where there is none. Without it a gradient is an error.</summary>
    public Func<Tensor[], Tensor, Tensor, Tensor?[]>? Vjp { get; init; }

    /// <summary>From inputs, of which the marked have a batch as axis 0, to the results with the batch as axis 0. Without it the kernel runs for each example.</summary>
    public Func<Tensor[], bool[], Tensor>? Vmap { get; init; }

    /// <summary>Records a call.</summary>
    public Tensor Invoke(params ReadOnlySpan<Tensor> inputs)
    {
        var nodes = new Node[inputs.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = inputs[i].Node;
        }

        return new Tensor(new Node(CustomCallPrimitive.Instance, nodes, _attributes ??= new CustomCallAttributes(Core(), [])));
    }

    CustomKernel Core() => new(name, result, kernel)
    {
        Items = Items,
        Vjp = Vjp is null ? null : (inputs, value, dy) => Array.ConvertAll(Vjp(Tensors(inputs), new Tensor(value), new Tensor(dy)), part => part?.Node),
        Vmap = Vmap is null ? null : (inputs, batched) => Vmap(Tensors(inputs), batched).Node,
    };

    static Tensor[] Tensors(Node[] nodes) => Array.ConvertAll(nodes, node => new Tensor(node));
}
