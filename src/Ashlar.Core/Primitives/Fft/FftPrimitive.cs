using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The Fourier transform of pairs [..., n, ..., 2] (real and imaginary part) along n, without scaling: Σ xⱼ e^(∓2πijk/n). Any length n ≥ 1.</summary>
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

        int behind = ((FftAttributes)attributes!).AxesBehind;
        if (x.Shape.Rank < behind + 2)
        {
            throw new ShapeException($"Fft: pairs {x.Shape} have no axis with {behind} axes behind it. Give one of the axes before the last.");
        }

        return x.Shape[^(behind + 2)] > 0
            ? (x.Shape, x.Type)
            : throw new ShapeException($"Fft: the transformed axis of {x.Shape} has no elements. Give a length of 1 or more.");
    }

    /// <inheritdoc/>
    /// <remarks>The transposed of a map of pairs is the conjugate transposed of the complex matrix: the other direction.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent) => [Op.Fft(cotangent, !((FftAttributes)node.Attributes!).Inverse, ((FftAttributes)node.Attributes!).AxesBehind)];

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched) => new(this, inputs, node.Attributes);

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        inputs[0].Bytes.CopyTo(result.Bytes, 0);
        var way = (FftAttributes)node.Attributes!;
        (_, int n, int inner) = way.Sizes(node.Shape);
        if (node.Type == DType.Float32)
        {
            Rows(MemoryMarshal.Cast<byte, float>(result.Bytes.AsSpan()), n, inner, way.Inverse, FftLaw<float>.Forward);
        }
        else
        {
            Rows(MemoryMarshal.Cast<byte, double>(result.Bytes.AsSpan()), n, inner, way.Inverse, FftLaw<double>.Forward);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 5L * node.Shape.Size / 2 * (System.Numerics.BitOperations.Log2((uint)((FftAttributes)node.Attributes!).Sizes(node.Shape).Length) + 1);

    internal static void CheckFloating(string operation, Node x)
    {
        if (!DTypeSet.Floating.Contains(x.Type))
        {
            throw new DTypeException($"{operation}: the numbers are {x.Type.Name}. Cast them to float32 or float64.");
        }
    }

    delegate void Transform<T>(Span<T> re, Span<T> im);

    static void Rows<T>(Span<T> pairs, int n, int inner, bool inverse, Transform<T> transform)
    {
        var parts = new T[2][] { new T[n], new T[n] };
        for (int line = 0; line < pairs.Length / (2 * n); line++)
        {
            int first = 2 * ((line / inner * n * inner) + (line % inner));
            for (int i = 0; i < 2 * n; i++)
            {
                parts[i % 2][i / 2] = pairs[first + (i / 2 * 2 * inner) + (i % 2)];
            }

            transform(parts[inverse ? 1 : 0], parts[inverse ? 0 : 1]);
            for (int i = 0; i < 2 * n; i++)
            {
                pairs[first + (i / 2 * 2 * inner) + (i % 2)] = parts[i % 2][i / 2];
            }
        }
    }
}
