using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The Fourier transform of pairs [..., n, 2] (real and imaginary part) along n, without scaling: Σ xⱼ e^(∓2πijk/n). Any length n ≥ 1.</summary>
/// <remarks>The definition is <see cref="FftLaw{T}"/>: a fixed order of radices, so that the bits depend on n alone. Relative error in the root mean square about ε · log₂ n.</remarks>
public sealed class FftPrimitive : Primitive
{
    FftPrimitive()
        : base("Fft")
    {
    }

    /// <summary>The one instance.</summary>
    public static FftPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Library;

    /// <inheritdoc/>
    public override string? OnnxName => "DFT";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        Node x = inputs[0];
        CheckFloating("Fft", x);
        if (x.Shape.Rank < 2 || x.Shape[^1] != 2)
        {
            throw new ShapeException($"Fft: {x.Shape} holds no pairs along its last axis. Give [..., n, 2]: real and imaginary part.");
        }

        return x.Shape[^2] > 0
            ? (x.Shape, x.Type)
            : throw new ShapeException($"Fft: the transformed axis of {x.Shape} has no elements. Give a length of 1 or more.");
    }

    /// <inheritdoc/>
    /// <remarks>The transposed of a map of pairs is the conjugate transposed of the complex matrix: the other direction.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent) => [Op.Fft(cotangent, !((FftAttributes)node.Attributes!).Inverse)];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        inputs[0].Bytes.CopyTo(result.Bytes, 0);
        bool inverse = ((FftAttributes)node.Attributes!).Inverse;
        if (node.Type == DType.Float32)
        {
            Rows(MemoryMarshal.Cast<byte, float>(result.Bytes.AsSpan()), node.Shape[^2], inverse, FftLaw<float>.Forward);
        }
        else
        {
            Rows(MemoryMarshal.Cast<byte, double>(result.Bytes.AsSpan()), node.Shape[^2], inverse, FftLaw<double>.Forward);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 5L * node.Shape.Size / 2 * (System.Numerics.BitOperations.Log2((uint)node.Shape[^2]) + 1);

    internal static void CheckFloating(string operation, Node x)
    {
        if (!DTypeSet.Floating.Contains(x.Type))
        {
            throw new DTypeException($"{operation}: the numbers are {x.Type.Name}. Cast them to float32 or float64.");
        }
    }

    delegate void Transform<T>(Span<T> re, Span<T> im);

    static void Rows<T>(Span<T> pairs, int n, bool inverse, Transform<T> transform)
    {
        var parts = new T[2][] { new T[n], new T[n] };
        for (int row = 0; row < pairs.Length; row += 2 * n)
        {
            for (int i = 0; i < 2 * n; i++)
            {
                parts[i % 2][i / 2] = pairs[row + i];
            }

            transform(parts[inverse ? 1 : 0], parts[inverse ? 0 : 1]);
            for (int i = 0; i < 2 * n; i++)
            {
                pairs[row + i] = parts[i % 2][i / 2];
            }
        }
    }
}
