using System.Runtime.CompilerServices;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Schedule;

namespace Ashlar;

/// <summary>An n-dimensional array. Operations are recorded when written and carried out, as one fused program, when a value is needed.</summary>
/// <remarks>Immutable: every operation gives a new tensor. Nothing needs to be disposed.</remarks>
public sealed partial class Tensor : IDisposable
{
    // A chain or a heap of pending work beyond these is carried out at once: a simulation that never reads must not eat the memory.
    // A function of some hundred operations stays whole however large its values: fused and planned as one it needs less memory than in pieces.
    const int DepthBudget = 4096;
    const int DepthOfFunction = 256;
    const long ByteBudget = 1L << 30;

    // Of a complex tensor the pairs [..., 2], or null while only its parts are recorded.
    Node? _node;

    /// <param name="node">The recorded operation.</param>
    public Tensor(Node node)
        : this(node, node.Shape, node.Type)
    {
    }

    Tensor(Node node, Shape shape, DType type)
    {
        _node = node;
        Shape = shape;
        DType = type;
        if (!node.IsTraced && (node.PendingDepth > DepthBudget || (node.PendingBytes > ByteBudget && node.PendingDepth > DepthOfFunction)))
        {
            Evaluator.Evaluate(node);
        }
    }

    /// <summary>The recorded operation.</summary>
    /// <exception cref="DTypeException">The tensor is complex: its nodes hold its parts.</exception>
    public Node Node => DType.IsComplex ? throw ComplexParts.Refusal("Tensor", this) : _node!;

    /// <summary>The recorded operation, for an operation on real numbers.</summary>
    /// <param name="operation">Who asks, for the refusal.</param>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    internal Node RealNode([CallerMemberName] string operation = "") => DType.IsComplex ? throw ComplexParts.Refusal(operation, this) : _node!;

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Size => Shape.Size;

    /// <summary>Computes several tensors in one plan.</summary>
    public static void Eval(params ReadOnlySpan<Tensor> tensors)
    {
        var nodes = new Node[tensors.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = tensors[i].Recorded;
        }

        Evaluator.Evaluate(nodes);
    }

    /// <summary>Asks that the value be stored whenever a plan computes it on its way, so that reading it later costs nothing.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Keep()
    {
        Recorded.Keep();
        return this;
    }

    /// <summary>The plan that would compute this tensor: kernels with their nodes and shapes, and what was fused.</summary>
    public string Explain() => Evaluator.Explain([Recorded], []);

    /// <summary>The elements in row-major order, copied.</summary>
    /// <exception cref="DTypeException">The dtype holds no <typeparamref name="T"/>.</exception>
    public unsafe T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[Size];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Copies the elements in row-major order.</summary>
    /// <param name="destination">As long as the tensor has elements, or longer.</param>
    /// <exception cref="DTypeException">The dtype holds no <typeparamref name="T"/>.</exception>
    public unsafe void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        if (DTypeFacts.Of<T>() != DType)
        {
            throw new DTypeException($"Read: the tensor is {DType.Name}, its elements are no {typeof(T).Name}. Cast it with To({DTypeFacts.Of<T>()}) first.");
        }

        Runtime.Storage value = Evaluator.Value(Recorded);
        new ReadOnlySpan<T>(value.Pointer, Size).CopyTo(destination);
        GC.KeepAlive(value);
    }

    /// <summary>The elements' bytes in row-major order, little-endian, copied.</summary>
    public unsafe byte[] ToBytes()
    {
        Runtime.Storage value = Evaluator.Value(Recorded);
        byte[] bytes = new ReadOnlySpan<byte>(value.Pointer, Size * DType.ItemSize).ToArray();
        GC.KeepAlive(value);
        return bytes;
    }

    /// <summary>The only element.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    /// <exception cref="DTypeException">The dtype holds no <typeparamref name="T"/>.</exception>
    public T Item<T>()
        where T : unmanaged => Size == 1
            ? ToArray<T>()[0]
            : throw new ShapeException($"Item: the tensor {Shape} has {Size} elements. Index it down to one, or use ToArray.");

    /// <summary>The value with no gradient passing through it.</summary>
    public Tensor StopGradient() => Like(Op.StopGradient(Recorded));

    /// <summary>Gives the memory of the value back now. Never needed: the collector does it. What is disposed must not be used again; the value of a variable stays.</summary>
    public void Dispose()
    {
        if (_node?.Variable is null)
        {
            _node?.Value?.Dispose();
        }
    }
}
