using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Tests.Primitives;

/// <summary>An example of a primitive on which the contract tests run.</summary>
/// <param name="Name">The primitive's name, with what is special in the example.</param>
/// <param name="Primitive">The primitive.</param>
/// <param name="Operands">Its operands.</param>
/// <param name="Attributes">Its attributes.</param>
public sealed record PrimitiveCase(string Name, Primitive Primitive, Operand[] Operands, Attributes? Attributes = null)
{
    /// <summary>Operands through which a gradient must pass; elements are away from kinks.</summary>
    public int[] Differentiable { get; init; } = [];

    /// <summary>Dtypes of the row's operands.</summary>
    public DType[] Types { get; init; } = [DType.Float64, DType.Float32];

    /// <summary>Whether only <see cref="Types"/> go with the attributes, though the primitive takes others too.</summary>
    public bool OnlyTypes { get; init; }

    /// <summary>Every dtype that the row's operands may have: <see cref="Types"/>, and what else a map or movement takes.</summary>
    public DType[] AllTypes => OnlyTypes ? Types : Primitive switch
    {
        MapPrimitive map => [.. Types.Union(DTypeFacts.All.Where(map.Accepts))],
        { Lowering: Lowering.View or Lowering.Region } => [.. Types.Union(DTypeFacts.All)],
        _ => Types,
    };

    /// <summary>Why ONNX has no operator of the name, when it has none: the exporter writes the composite instead.</summary>
    public string? WithoutOnnx { get; init; }

    /// <summary>Every shape and dtype is a right input.</summary>
    public bool TakesAnything { get; init; }

    public Node Of(ReadOnlySpan<Node> operands) => new(Primitive, operands, Attributes);

    public static DType[] Integers => [DType.Int32, DType.Int64];

    public static DType[] Numbers => [DType.Float64, DType.Float32, DType.Int32, DType.Int64];

    public static PrimitiveCase Map(MapPrimitive map, int[] differentiable, params (double Low, double High)[] ranges) =>
        new(map.Name, map, [.. ranges.Select(range => new Operand(new Shape(2, 3), range.Low, range.High))]) { Differentiable = differentiable };

    public static PrimitiveCase Move(string name, Primitive primitive, int[] shape, Attributes? attributes) =>
        new(name, primitive, [new(new Shape(shape), -2, 2)], attributes) { Differentiable = [0], Types = Numbers };

    public static PrimitiveCase Two(string name, Primitive primitive, int[] left, int[] right, Attributes attributes) =>
        new(name, primitive, [new(new Shape(left), -2, 2), new(new Shape(right), -2, 2)], attributes) { Differentiable = [0, 1], Types = Numbers };

    public override string ToString() => Name;
}
