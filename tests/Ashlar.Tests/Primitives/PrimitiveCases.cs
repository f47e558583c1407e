using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Structure;
using Ashlar.Primitives.Window;

namespace Ashlar.Tests.Primitives;

/// <summary>The table: at least one row for each primitive that has operands.</summary>
public static class PrimitiveCases
{
    static readonly DType[] Integers = [DType.Int32, DType.Int64];

    static readonly DType[] Numbers = [DType.Float64, DType.Float32, DType.Int32, DType.Int64];

    public static IReadOnlyList<PrimitiveCase> All { get; } = [.. Maps(), .. Movements(), .. Reductions(), .. Contractions(), .. Windows(), .. Indices()];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static TheoryData<string> Differentiable => [.. All.Where(row => row.Differentiable.Length > 0).Select(row => row.Name)];

    public static PrimitiveCase Named(string name) => All.Single(row => row.Name == name);

    static IEnumerable<PrimitiveCase> Maps()
    {
        foreach (MapPrimitive map in (MapPrimitive[])[ArithmeticMaps.Add, ArithmeticMaps.Subtract, ArithmeticMaps.Multiply, ArithmeticMaps.Maximum, ArithmeticMaps.Minimum])
        {
            yield return Map(map, [0, 1], (-2, 2), (-2, 2)) with { Types = Numbers };
        }

        yield return Map(ArithmeticMaps.Divide, [0, 1], (-2, 2), (1, 3)) with { Types = Numbers };
        yield return Map(ArithmeticMaps.Fma, [0, 1, 2], (-2, 2), (-2, 2), (-2, 2));
        yield return Map(ArithmeticMaps.Negate, [0], (-2, 2)) with { Types = Numbers };
        yield return Map(ArithmeticMaps.Abs, [0], (0.2, 2)) with { Types = Numbers };
        yield return Map(ArithmeticMaps.Abs, [0], (-2, -0.2)) with { Name = "Abs of negative numbers", Types = Numbers };
        yield return Map(ArithmeticMaps.Sign, [], (-2, 2)) with { Types = Numbers };
        yield return Map(ArithmeticMaps.Sqrt, [0], (0.5, 3));
        yield return Map(ArithmeticMaps.Rsqrt, [0], (0.5, 3));
        yield return Map(ArithmeticMaps.Relu, [0], (0.2, 2)) with { Types = Numbers };
        yield return Map(ArithmeticMaps.Relu, [0], (-2, -0.2)) with { Name = "Relu of negative numbers", Types = Numbers };
        foreach (MapPrimitive map in (MapPrimitive[])[ComparisonMaps.Equal, ComparisonMaps.NotEqual, ComparisonMaps.Less, ComparisonMaps.LessOrEqual])
        {
            yield return Map(map, [], (-2, 2), (-2, 2)) with { Types = Numbers };
        }

        foreach (MapPrimitive map in (MapPrimitive[])[LogicMaps.And, LogicMaps.Or, LogicMaps.Xor])
        {
            yield return Map(map, [], (0, 2), (0, 2)) with { Types = [DType.Bool, DType.UInt8, DType.Int32, DType.Int64] };
        }

        yield return Map(LogicMaps.Not, [], (0, 2)) with { Types = [DType.Bool, DType.UInt8, DType.Int32, DType.Int64] };
        yield return Map(LogicMaps.ShiftRight, [], (-200, 200)) with { Types = Integers, Attributes = new ShiftCount(3) };
        yield return new("Where", LogicMaps.Where, [new(new Shape(2, 3), 0, 2, DType.Bool), new(new Shape(2, 3), -2, 2), new(new Shape(2, 3), -2, 2)]) { Differentiable = [1, 2], Types = Numbers };
        yield return Map(ConversionMaps.Cast, [0], (-2, 2)) with { Types = [DType.Float32, DType.Int32], Attributes = new TargetDType(DType.Float64) };
        yield return Map(ConversionMaps.Bitcast, [], (1, 2)) with { Types = [DType.Float32], Attributes = new TargetDType(DType.Int32) };
        yield return Map(StructureMaps.Copy, [0], (-2, 2)) with { Types = Numbers };
        yield return Map(ElementaryMaps.Exp, [0], (-2, 2));
        yield return Map(ElementaryMaps.Expm1, [0], (-2, 2));
        yield return Map(ElementaryMaps.Log, [0], (0.5, 3));
        yield return Map(ElementaryMaps.Log1p, [0], (-0.5, 3));
        yield return Map(ElementaryMaps.Sin, [0], (-3, 3));
        yield return Map(ElementaryMaps.Cos, [0], (-3, 3));
        yield return Map(ElementaryMaps.Tanh, [0], (-2, 2));
        yield return Map(ElementaryMaps.Sigmoid, [0], (-3, 3));
        yield return Map(ElementaryMaps.Erf, [0], (-2, 2));
        yield return Map(ElementaryMaps.ErfInverse, [0], (-0.8, 0.8));
        yield return Map(ElementaryMaps.Pow, [0, 1], (0.5, 2), (-2, 2));
        yield return Map(RandomMaps.RandomBits, [], (-9, 9), (-9, 9), (0, 9), (0, 9)) with { Types = [DType.Int32] };
    }

    static IEnumerable<PrimitiveCase> Movements()
    {
        yield return Move("Reshape", ReshapePrimitive.Instance, [2, 6], new Axes("shape", [3, 4]));
        yield return Move("Reshape to a number", ReshapePrimitive.Instance, [1, 1], new Axes("shape", []));
        yield return Move("Permute", PermutePrimitive.Instance, [2, 3, 4], new Axes("axes", [2, 0, 1]));
        yield return Move("Expand", ExpandPrimitive.Instance, [2, 1, 3], new Axes("shape", [2, 4, 3]));
        yield return Move("Slice", SlicePrimitive.Instance, [4, 5], new SliceAttributes([1, 0], [2, 3], [1, 2]));
        yield return Move("Slice backwards", SlicePrimitive.Instance, [4, 6], new SliceAttributes([3, 5], [4, 3], [-1, -2]));
        yield return Move("Pad", PadPrimitive.Instance, [2, 3], new PadAttributes([1, 0], [0, 2], [0, 0], 0));
        yield return Move("Pad between elements", PadPrimitive.Instance, [3, 2], new PadAttributes([0, 1], [1, 0], [2, 1], 0));
        yield return new("Concat", ConcatPrimitive.Instance, [new(new Shape(2, 1, 2), -2, 2), new(new Shape(2, 3, 2), -2, 2), new(new Shape(2, 2, 2), -2, 2)], new Axes("axis", [1])) { Differentiable = [0, 1, 2], Types = Numbers };
        yield return Move("Barrier", BarrierPrimitive.Instance, [2, 3], null);
        yield return Move("StopGradient", StopGradientPrimitive.Instance, [2, 3], null) with { Differentiable = [] };
    }

    static IEnumerable<PrimitiveCase> Reductions()
    {
        foreach (ReduceKind kind in Enum.GetValues<ReduceKind>())
        {
            yield return Move($"Reduce {kind}", ReducePrimitive.Instance, [2, 3, 4], new ReduceAttributes(kind, [1]));
            yield return Move($"Reduce {kind} of two axes", ReducePrimitive.Instance, [2, 3, 2], new ReduceAttributes(kind, [0, 2]));
        }

        foreach (ReduceKind kind in (ReduceKind[])[ReduceKind.Max, ReduceKind.Min])
        {
            yield return Move($"ArgReduce {kind}", ArgReducePrimitive.Instance, [2, 5], new ReduceAttributes(kind, [1])) with { Differentiable = [] };
        }
    }

    static IEnumerable<PrimitiveCase> Contractions()
    {
        yield return Two("Dot", DotPrimitive.Instance, [3, 4], [4, 2], new DotAttributes([], [], [1], [0]));
        yield return Two("Dot, right operand transposed", DotPrimitive.Instance, [3, 4], [2, 4], new DotAttributes([], [], [1], [1]));
        yield return Two("Dot, both transposed", DotPrimitive.Instance, [4, 3], [2, 4], new DotAttributes([], [], [0], [1]));
        yield return Two("Dot of batches", DotPrimitive.Instance, [2, 3, 4], [4, 2, 3], new DotAttributes([0], [1], [2], [0]));
        yield return Two("Dot over two axes", DotPrimitive.Instance, [2, 3, 4], [3, 2, 2], new DotAttributes([], [], [1, 0], [0, 2]));
        yield return Two("Dot of vectors", DotPrimitive.Instance, [5], [5], new DotAttributes([], [], [0], [0]));
        yield return Two("Conv", ConvPrimitive.Instance, [2, 2, 5], [3, 2, 3], Conv([1], [0], [0], [1], [1]));
        yield return Two("Conv with stride", ConvPrimitive.Instance, [1, 2, 6], [2, 2, 3], Conv([2], [1], [0], [1], [1]));
        yield return Two("Conv of images", ConvPrimitive.Instance, [2, 2, 4, 5], [2, 2, 3, 2], Conv([1, 1], [1, 1], [1, 0], [1, 1], [1, 1]));
        yield return Two("Conv of images with stride and dilation", ConvPrimitive.Instance, [1, 2, 6, 5], [2, 2, 2, 2], Conv([2, 1], [1, 0], [1, 2], [1, 1], [2, 3]));
        yield return Two("Conv with zeros between elements", ConvPrimitive.Instance, [1, 2, 3, 3], [2, 2, 2, 3], Conv([1, 2], [1, 2], [0, 1], [2, 3], [1, 1]));
    }

    static IEnumerable<PrimitiveCase> Windows()
    {
        foreach (ReduceKind kind in (ReduceKind[])[ReduceKind.Sum, ReduceKind.Max, ReduceKind.Min])
        {
            yield return Move($"ReduceWindow {kind}", ReduceWindowPrimitive.Instance, [2, 4, 4], new WindowAttributes(kind, [2, 2], [2, 2], [0, 0], [0, 0]));
            yield return Move($"ReduceWindow {kind} with overlap and padding", ReduceWindowPrimitive.Instance, [1, 2, 5, 4], new WindowAttributes(kind, [3, 2], [2, 1], [1, 1], [1, 0]));
            yield return Move($"ReduceWindow {kind} with unread elements", ReduceWindowPrimitive.Instance, [1, 7], new WindowAttributes(kind, [2], [3], [0], [0]));
        }

        yield return Move("WindowArgReduce", WindowArgReducePrimitive.Instance, [2, 5, 4], new WindowAttributes(ReduceKind.Max, [3, 2], [2, 1], [1, 1], [1, 0])) with { Differentiable = [] };
    }

    static IEnumerable<PrimitiveCase> Indices()
    {
        yield return new("Gather with equal indices", GatherPrimitive.Instance, [new(new Shape(2, 3), -2, 2), new(new Shape(2, 7), 0, 3, DType.Int32)]) { Differentiable = [0], Types = Numbers };
        yield return new("ScatterAdd with equal indices", ScatterAddPrimitive.Instance, [new(new Shape(2, 7), 0, 3, DType.Int64), new(new Shape(2, 7), -2, 2)], new Axes("extent", [4])) { Differentiable = [1], Types = Numbers };
    }

    static PrimitiveCase Map(MapPrimitive map, int[] differentiable, params (double Low, double High)[] ranges) =>
        new(map.Name, map, [.. ranges.Select(range => new Operand(new Shape(2, 3), range.Low, range.High))]) { Differentiable = differentiable };

    static PrimitiveCase Move(string name, Primitive primitive, int[] shape, Attributes? attributes) =>
        new(name, primitive, [new(new Shape(shape), -2, 2)], attributes) { Differentiable = [0], Types = Numbers };

    static PrimitiveCase Two(string name, Primitive primitive, int[] left, int[] right, Attributes attributes) =>
        new(name, primitive, [new(new Shape(left), -2, 2), new(new Shape(right), -2, 2)], attributes) { Differentiable = [0, 1], Types = Numbers };

    static ConvAttributes Conv(int[] strides, int[] low, int[] high, int[] inputDilation, int[] kernelDilation) => new(strides, low, high, inputDilation, kernelDilation);
}
