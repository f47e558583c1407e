using System.Numerics;
using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The real numbers [..., n] whose transform begins with the pairs [..., n/2 + 1, 2], times n and a factor. Imaginary parts of the first element, and of the last if n is even, are not looked at.</summary>
/// <remarks>The definition is <see cref="RealFftLaw{T}"/>. Relative error in the root mean square about ε · log₂ n.</remarks>
public sealed class IRFftPrimitive : Primitive
{
    IRFftPrimitive()
        : base("IRFft")
    {
    }

    /// <summary>The one instance.</summary>
    public static IRFftPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        FftPrimitive.CheckFloating("IRFft", x);
        int n = ((IRFftAttributes)attributes!).Count;
        return x.Shape.Rank >= 2 && x.Shape[^1] == 2 && n >= 1 && x.Shape[^2] == (n / 2) + 1
            ? (new Shape([.. x.Shape.Extents[..^2], n]), x.Type)
            : throw new ShapeException($"IRFft: {x.Shape} is not the first half of the transform of {n} real numbers. Give [..., {(Math.Max(1, n) / 2) + 1}, 2]: real and imaginary part.");
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var way = (IRFftAttributes)node.Attributes!;
        Node pairs = Op.RFft(cotangent);
        return [Op.Multiply(pairs, Op.ConjugateWeights(pairs, way.Count, way.Factor, 2 * way.Factor))];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        if (node.Type == DType.Float32)
        {
            Rows<float>(node, inputs[0].Bytes, result.Bytes);
        }
        else
        {
            Rows<double>(node, inputs[0].Bytes, result.Bytes);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 5L * node.Shape.Size / 2 * (BitOperations.Log2((uint)node.Shape[^1]) + 1);

    static void Rows<T>(Node node, ReadOnlySpan<byte> from, Span<byte> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = node.Shape[^1];
        int half = node.Inputs[0].Shape[^2];
        T factor = T.CreateTruncating(((IRFftAttributes)node.Attributes!).Factor);
        ReadOnlySpan<T> pairs = MemoryMarshal.Cast<byte, T>(from);
        Span<T> x = MemoryMarshal.Cast<byte, T>(to);
        (T[] re, T[] im) = (new T[half], new T[half]);
        for (int row = 0; row * n < x.Length; row++)
        {
            for (int k = 0; k < half; k++)
            {
                (re[k], im[k]) = (pairs[2 * ((row * half) + k)], pairs[(2 * ((row * half) + k)) + 1]);
            }

            RealFftLaw<T>.Inverse(re, im, factor, x.Slice(row * n, n));
        }
    }
}
