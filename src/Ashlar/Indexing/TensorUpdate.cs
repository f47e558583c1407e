using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar;

/// <summary>Elements of a tensor that were chosen by index. Each method gives a new tensor in which they are joined with values; the tensor itself stays.</summary>
/// <remarks>Values broadcast to the chosen elements. Where one element is chosen several times, its values follow each other in index order: the last one is set, sums and products
/// are rounded one after the other. Gradients pass to the tensor and to the values; of several values set in one place only the last has one.</remarks>
public sealed class TensorUpdate
{
    readonly Tensor _x;
    readonly IndexExpression _places;

    internal TensorUpdate(Tensor x, IndexExpression places) => (_x, _places) = (x, places);

    /// <summary>The chosen elements as they are.</summary>
    public Tensor Get() => Tensor.Move(_x, _places.Of);

    /// <summary>The values in place of the elements.</summary>
    /// <exception cref="ShapeException">The values do not broadcast to the elements.</exception>
    /// <exception cref="DTypeException">The values' dtype would lose its kind: a fraction in an integer, a number in a bool.</exception>
    public Tensor Set(Tensor values) => Join(ScatterKind.Set, values);

    /// <summary>One value in place of the elements.</summary>
    public Tensor Set(double value) => Join(ScatterKind.Set, Number(value));

    /// <summary>The elements plus the values.</summary>
    /// <inheritdoc cref="Set(Tensor)" path="/exception"/>
    public Tensor Add(Tensor values) => Join(ScatterKind.Add, values);

    /// <summary>The elements plus one value.</summary>
    public Tensor Add(double value) => Join(ScatterKind.Add, Number(value));

    /// <summary>The elements times the values.</summary>
    /// <inheritdoc cref="Set(Tensor)" path="/exception"/>
    public Tensor Multiply(Tensor values) => Join(ScatterKind.Multiply, values);

    /// <summary>The elements times one value.</summary>
    public Tensor Multiply(double value) => Join(ScatterKind.Multiply, Number(value));

    /// <summary>The larger of element and value; NaN propagates.</summary>
    /// <inheritdoc cref="Set(Tensor)" path="/exception"/>
    public Tensor Max(Tensor values) => Join(ScatterKind.Max, values);

    /// <summary>The larger of element and one value.</summary>
    public Tensor Max(double value) => Join(ScatterKind.Max, Number(value));

    /// <summary>The smaller of element and value; NaN propagates.</summary>
    /// <inheritdoc cref="Set(Tensor)" path="/exception"/>
    public Tensor Min(Tensor values) => Join(ScatterKind.Min, values);

    /// <summary>The smaller of element and one value.</summary>
    public Tensor Min(double value) => Join(ScatterKind.Min, Number(value));

    Tensor Number(double value) => Tensor.Scalar(value, _x.DType.IsComplex ? _x.DType.RealType : _x.DType);

    // Leading axes become one, whose places are numbered and chosen by the same rules; whole last axes are rows that are joined together.
    Tensor Join(ScatterKind kind, Tensor values)
    {
        if (_x.DType.IsComplex && kind is ScatterKind.Set or ScatterKind.Add)
        {
            return Tensor.Complex(new TensorUpdate(_x.Real, _places).Join(kind, values.Real), new TensorUpdate(_x.Imag, _places).Join(kind, values.Imag));
        }

        bool loses = values.DType != _x.DType && (_x.DType == DType.Bool || (values.DType.IsFloating && !_x.DType.IsFloating));
        if (loses)
        {
            throw new DTypeException($"At.{kind}: {values.DType.Name} values do not fit into {_x.DType.Name}. Cast one of them with To first.");
        }

        int whole = _places.WholeAxes();
        var lead = new Shape(_x.Shape.Extents[..^whole]);
        int[] inner = _x.Shape.Extents[^whole..].ToArray();
        int row = new Shape(inner).Size;
        Node places = _places.WithoutLast(whole).Numbers();
        Shape chosen = new([.. places.Shape, .. inner]);
        if (!Shape.Broadcast(values.Shape, chosen, $"At.{kind}").Equals(chosen))
        {
            throw new ShapeException($"At.{kind}: values {values.Shape} do not fit the chosen elements {chosen}. Each extent must be equal or 1.");
        }

        Node given = Op.Broadcast(Op.Cast(values.RealNode($"At.{kind}"), _x.DType), chosen);
        Node joined = Op.Put(
            kind, Op.Reshape(_x.RealNode($"At.{kind}"), [lead.Size, row]), [Op.Reshape(places, [places.Shape.Size])], Op.Reshape(given, [places.Shape.Size, row]), 0);
        return new Tensor(Op.Reshape(joined, _x.Shape.Extents));
    }
}
