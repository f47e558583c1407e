using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Runtime;
using Number = System.Numerics.Complex;

namespace Ashlar;

/// <content>Complex tensors: the graph stays real, a complex tensor is two parts [...] or pairs [..., 2] of it.</content>
public sealed partial class Tensor
{
    ComplexParts? _parts;

    Tensor(ComplexParts parts)
    {
        _parts = parts;
        Shape = parts.Real.Shape;
        DType = parts.Real.DType.ComplexType;
    }

    /// <summary>real + i · imag, broadcast to each other; complex128 if one is float64, else complex64.</summary>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    /// <exception cref="DTypeException">One of them is complex.</exception>
    public static Tensor Complex(Tensor real, Tensor imag)
    {
        if (real.DType.IsComplex || imag.DType.IsComplex)
        {
            throw ComplexParts.Refusal("Complex", real.DType.IsComplex ? real : imag);
        }

        DType type = DTypeFacts.Promote(real.DType.ComplexType, imag.DType.ComplexType).RealType;
        Shape shape = Shape.Broadcast(real.Shape, imag.Shape, "Complex");
        return new Tensor(new ComplexParts(real.To(type).BroadcastTo(shape), imag.To(type).BroadcastTo(shape), OfPairs: false));
    }

    /// <summary>abs · (cos angle + i · sin angle), the angle in radians.</summary>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    /// <exception cref="DTypeException">One of them is complex.</exception>
    public static Tensor Polar(Tensor abs, Tensor angle) => Complex(abs * angle.Cos(), abs * angle.Sin());

    /// <summary>The real part; a real tensor itself.</summary>
    public Tensor Real => DType.IsComplex ? Parts.Real : this;

    /// <summary>The imaginary part; zeros for a real tensor.</summary>
    public Tensor Imag => DType.IsComplex ? Parts.Imag : Zeros(Shape, DType);

    /// <summary>Real part minus i · imaginary part; a real tensor itself.</summary>
    public Tensor Conj() => DType.IsComplex ? Complex(Real, -Imag) : this;

    /// <summary>The angle of x + iy in radians, in [-π, π]; of a real number 0 or π.</summary>
    public Tensor Angle() => Atan2(Imag, Real);

    /// <summary>The last two axes exchanged and every element conjugated; a vector is only conjugated.</summary>
    public Tensor ConjugateTranspose() => T.Conj();

    /// <summary>The pairs of real and imaginary part, [..., 2] of the dtype of the parts.</summary>
    /// <exception cref="DTypeException">The tensor is real.</exception>
    public Tensor ViewAsReal() => DType.IsComplex
        ? new Tensor(Recorded)
        : throw new DTypeException($"ViewAsReal: {DType.Name}{Shape} is real already. Use it as it is.");

    /// <summary>Pairs [..., 2] of real and imaginary part as complex numbers [...].</summary>
    /// <exception cref="ShapeException">The last axis has another extent than 2.</exception>
    /// <exception cref="DTypeException">The dtype is neither float32 nor float64.</exception>
    public Tensor ViewAsComplex()
    {
        if (DType is not (DType.Float32 or DType.Float64))
        {
            throw new DTypeException($"ViewAsComplex: {DType.Name}{Shape} holds no pairs of floats. Cast it to float32 or float64 first.");
        }

        return Rank > 0 && Shape[^1] == 2
            ? OfPairs(Node)
            : throw new ShapeException($"ViewAsComplex: the last axis of {Shape} holds no pairs. Give [..., 2]: real and imaginary part.");
    }

    /// <summary>The node that holds the value: of a complex tensor the pairs [..., 2].</summary>
    internal Node Recorded
    {
        get
        {
            if (_node is { } known)
            {
                return known;
            }

            (Node real, Node imag) = (_parts!.Real.Node, _parts.Imag.Node);
            Node planes = Op.Concat([Op.Reshape(real, [1, .. Shape]), Op.Reshape(imag, [1, .. Shape])], 0);
            Node pairs = Op.Permute(planes, [.. Enumerable.Range(1, Rank), 0]);

            // Pairs that were recorded where gradients are off must not stand in for parts that have one.
            bool forgets = !pairs.IsTraced && (real.IsTraced || imag.IsTraced);
            return forgets ? pairs : _node = pairs;
        }
    }

    /// <summary>A tensor of the same kind, real or complex, on another node.</summary>
    internal Tensor Like(Node node) => DType.IsComplex ? OfPairs(node) : new Tensor(node);

    /// <summary>The complex tensor of pairs [..., 2] of float32 or float64.</summary>
    internal static Tensor OfPairs(Node pairs) => new(pairs, new Shape(pairs.Shape.Extents[..^1]), pairs.Type.ComplexType);

    // Once the pairs have a value, reading them is cheaper than computing the parts again, and the parts' history can go.
    ComplexParts Parts
    {
        get
        {
            if (_parts is { } known && (known.OfPairs || _node?.Value is null))
            {
                return known;
            }

            Tensor real = Part(_node!, 0);
            var parts = new ComplexParts(real, Part(_node!, 1), OfPairs: true);
            return _node!.IsTraced && !real.Node.IsTraced ? parts : _parts = parts;
        }
    }

    static Tensor Part(Node pairs, int part)
    {
        ReadOnlySpan<int> extents = pairs.Shape.Extents[..^1];
        int[] starts = new int[pairs.Shape.Rank];
        starts[^1] = part;
        return new Tensor(Op.Reshape(Op.Slice(pairs, starts, [.. extents, 1], Op.Ones(starts.Length)), extents));
    }

    static Tensor OfValue(Storage value, Shape shape, DType type) => type.IsComplex
        ? OfPairs(Node.Constant(value, new Shape([.. shape, 2]), type.RealType))
        : new Tensor(Node.Constant(value, shape, type));

    // A C# complex number in the precision of a tensor.
    static Tensor Weak(Tensor like, Number value)
    {
        DType type = like.DType.ComplexType.RealType;
        return Complex(Scalar(value.Real, type), Scalar(value.Imaginary, type));
    }
}
