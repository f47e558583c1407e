namespace Ashlar.Nn;

/// <content>Gated linear units: the first half of an axis times a function of the second, which is the gate.</content>
/// <remarks>Dauphin, Fan, Auli, Grangier 2017, "Language modeling with gated convolutional networks"; the variants: Shazeer 2020, "GLU variants improve transformer".</remarks>
public static partial class Functional
{
    /// <summary>a · σ(b) for x = (a, b) along an axis.</summary>
    /// <exception cref="ShapeException">The extent of the axis is odd.</exception>
    public static Tensor Glu(Tensor x, int axis = -1) => Gated(x, axis, gate => gate.Sigmoid(), "Glu");

    /// <summary>a · GELU(b) for x = (a, b) along an axis, with the exact GELU.</summary>
    /// <exception cref="ShapeException">The extent of the axis is odd.</exception>
    public static Tensor GeGlu(Tensor x, int axis = -1) => Gated(x, axis, Gelu, "GeGlu");

    /// <summary>a · SiLU(b) for x = (a, b) along an axis.</summary>
    /// <exception cref="ShapeException">The extent of the axis is odd.</exception>
    public static Tensor SwiGlu(Tensor x, int axis = -1) => Gated(x, axis, Silu, "SwiGlu");

    static Tensor Gated(Tensor x, int axis, Func<Tensor, Tensor> gate, string operation)
    {
        int place = x.Shape.Axis(axis, operation);
        int half = x.Shape[place] / 2;
        return x.Shape[place] % 2 == 0
            ? x.Slice(place, 0, half) * gate(x.Slice(place, half, half))
            : throw new ShapeException($"{operation}: axis {place} of {x.Shape} is odd and has no halves. Double the outputs of the layer before it.");
    }
}
