using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A kernel of the user's own with its rules.</summary>
/// <param name="name">As in messages and explanations.</param>
/// <param name="result">Shape and dtype of the result from those of the inputs.</param>
/// <param name="body">What it computes.</param>
public sealed class CustomKernel(string name, Func<Shape[], DType[], (Shape Shape, DType Type)> result, KernelBody body)
{
    static int _count;

    /// <summary>As in messages and explanations.</summary>
    public string Name => name;

    /// <summary>Distinguishes kernels in keys of this process; never stored.</summary>
    public int Number { get; } = Interlocked.Increment(ref _count);

    /// <summary>Into how many items that can be computed alone a result is cut, or null: it is one.</summary>
    public Func<Shape, int>? Items { get; init; }

    /// <summary>From inputs, result and its cotangent to the inputs' cotangents, or null: no gradient passes.</summary>
    public Func<Node[], Node, Node, Node?[]>? Vjp { get; init; }

    /// <summary>From inputs, of which the marked have a batch as axis 0, to the batch of results, or null: the body runs for each example.</summary>
    public Func<Node[], bool[], Node>? Vmap { get; init; }

    internal (Shape Shape, DType Type) Infer(Shape[] shapes, DType[] types) => result(shapes, types);

    internal void Run(KernelArguments arguments)
    {
        try
        {
            body(arguments);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{name}: the kernel threw {error.GetType().Name}: {error.Message} Mend the kernel, or check its inputs before the call.", error);
        }
    }
}
