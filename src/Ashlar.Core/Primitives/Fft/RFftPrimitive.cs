using System.Numerics;
using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The Fourier transform of real numbers [..., n] along the last axis, without scaling: its first n/2 + 1 elements as pairs [..., n/2 + 1, 2]. The others are their conjugates.</summary>
/// <remarks>The definition is <see cref="RealFftLaw{T}"/>. Relative error in the root mean square about ε · log₂ n.</remarks>
public sealed class RFftPrimitive : Primitive
{
    RFftPrimitive()
        : base("RFft")
    {
    }

    /// <summary>The one instance.</summary>
    public static RFftPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        FftPrimitive.CheckFloating("RFft", x);
        return x.Shape.Rank > 0 && x.Shape[^1] > 0
            ? (new Shape([.. x.Shape.Extents[..^1], (x.Shape[^1] / 2) + 1, 2]), x.Type)
            : throw new ShapeException($"RFft: {x.Shape} has no elements along its last axis. Give a length of 1 or more.");
    }

    /// <inheritdoc/>
    /// <remarks>The inverse transform counts all elements but the first and the last of an even length twice, for their conjugates.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        int n = node.Inputs[0].Shape[^1];
        return [Op.IRFft(Op.Multiply(cotangent, Op.ConjugateWeights(cotangent, n, 1, 0.5)), n, 1)];
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
    public override long Cost(Node node) => 5L * node.Inputs[0].Shape.Size / 2 * (BitOperations.Log2((uint)node.Inputs[0].Shape[^1]) + 1);

    static void Rows<T>(Node node, ReadOnlySpan<byte> from, Span<byte> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = node.Inputs[0].Shape[^1];
        int half = node.Shape[^2];
        ReadOnlySpan<T> x = MemoryMarshal.Cast<byte, T>(from);
        Span<T> pairs = MemoryMarshal.Cast<byte, T>(to);
        (T[] re, T[] im) = (new T[half], new T[half]);
        for (int row = 0; row * n < x.Length; row++)
        {
            RealFftLaw<T>.Forward(x.Slice(row * n, n), re, im);
            for (int k = 0; k < half; k++)
            {
                pairs[2 * ((row * half) + k)] = re[k];
                pairs[(2 * ((row * half) + k)) + 1] = im[k];
            }
        }
    }
}
