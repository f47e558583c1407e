namespace Ashlar.Onnx.Values;

/// <summary>Numbers.</summary>
/// <param name="tensor">The numbers, or what carries them.</param>
/// <param name="type">The element type; its carrier is the tensor's dtype.</param>
public sealed class OnnxTensor(Tensor tensor, OnnxDType type) : OnnxValue
{
    /// <param name="tensor">Numbers of the dtype that they are.</param>
    public OnnxTensor(Tensor tensor)
        : this(tensor, tensor.DType.OnnxDType)
    {
    }

    /// <summary>The numbers, or what carries them.</summary>
    public Tensor Tensor => tensor;

    /// <summary>The element type.</summary>
    public OnnxDType Type => type;

    /// <summary>Of quantised numbers what was rounded, in their units: a gradient passes straight through to it, and where the range was left to nothing. Null where nothing was rounded.</summary>
    /// <remarks>Bengio, Léonard, Courville 2013, "Estimating or propagating gradients through stochastic neurons", the straight-through estimator.</remarks>
    internal Tensor? Unrounded { get; init; }

    /// <summary>Whether there are elements and all have the same bits.</summary>
    internal static bool IsFill(ReadOnlySpan<byte> bytes, int itemSize) => bytes.Length >= itemSize && bytes[itemSize..].SequenceEqual(bytes[..^itemSize]);

    /// <inheritdoc/>
    public override string ToString() => $"{(type.IsCarried ? type.ToString() : tensor.DType.Name)}{tensor.Shape}";
}
