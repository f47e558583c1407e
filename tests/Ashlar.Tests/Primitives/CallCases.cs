using Ashlar.Calls;
using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Kernels of the user's own.</summary>
sealed class CallCases : ICaseTable
{
    // x · y by rows; a wrong dtype or shape is refused by the kernel's own rule.
    static readonly CustomKernel Product = new("product", Rule, Multiply)
    {
        Items = shape => shape[0],
        Vjp = (inputs, _, dy) => [Op.Multiply(dy, inputs[1]), Op.Multiply(dy, inputs[0])],
    };

    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return Two("CustomCall", CustomCallPrimitive.Instance, [2, 3], [2, 3], new CustomCallAttributes(Product, [])) with { Types = [DType.Float64], WithoutOnnx = "a kernel of the user's own" };
            yield return Two("CustomCall of a batch", CustomCallPrimitive.Instance, [4, 2, 3], [2, 3], new CustomCallAttributes(Product, [[true, false]])) with { Types = [DType.Float64] };
            (LoopAttributes call, _) = LoopPrimitive.Record(
                [Like(2, 3)], [Like(4, 3)], 4, isReverse: false, (state, slices) => ([Op.Sin(Op.Multiply(state[0], Op.Broadcast(slices[0], state[0].Shape)))], [Op.Sum(state[0], [0])]));
            yield return Two("Loop", LoopPrimitive.Instance, [2, 3], [4, 3], call) with { Types = [DType.Float64] };
            yield return Two("Loop, stacked output", LoopPrimitive.Instance, [2, 3], [4, 3], call.For(1)) with { Types = [DType.Float64] };
            yield return Two("Loop, carries before each step", LoopPrimitive.Instance, [2, 3], [4, 3], call.For(2)) with { Types = [DType.Float64] };
            (CondAttributes cond, _) = CondPrimitive.Record(Node.Slot(Shape.Scalar, DType.Bool, 0), [Like(2, 3), Like(2, 3)], xs => [Op.Multiply(xs[0], xs[1])], xs => [Op.Sin(xs[1])]);
            Operand[] operands = [new(new Shape(2, 3), -2, 2), new(new Shape(2, 3), -2, 2)];
            yield return new("Cond", CondPrimitive.Instance, [new(Shape.Scalar, 0, 2, DType.Bool), .. operands], cond) { Differentiable = [1, 2], Types = [DType.Float64] };
            yield return new("Cond, false", CondPrimitive.Instance, [new(Shape.Scalar, 0, 1, DType.Bool), .. operands], cond) { Differentiable = [1, 2], Types = [DType.Float64] };
            (WhileAttributes loop, _) = WhilePrimitive.Record(
                [Node.Slot(Shape.Scalar, DType.Int32, 0)], xs => Op.Binary(ComparisonMaps.Less, xs[0], Op.Number(DType.Int32, 40)), xs => [Op.Add(Op.Add(xs[0], xs[0]), Op.Number(DType.Int32, 1))]);
            yield return new("While", WhilePrimitive.Instance, [new(Shape.Scalar, 1, 30)], loop) { Types = [DType.Int32] };
        }
    }

    static Node Like(params int[] shape) => Node.Slot(new Shape(shape), DType.Float64, 0);

    static (Shape Shape, DType Type) Rule(Shape[] shapes, DType[] types) =>
        shapes[0].Equals(shapes[1]) && shapes[0].Rank == 2 && types[0] == DType.Float64 && types[1] == DType.Float64 ? (shapes[0], types[0])
            : throw new ShapeException($"product: {shapes[0]} and {shapes[1]} differ. Give two equal float64 matrices.");

    static void Multiply(KernelArguments arguments)
    {
        int columns = arguments.ResultShape[1];
        for (int i = arguments.First * columns; i < arguments.End * columns; i++)
        {
            arguments.Result<double>()[i] = arguments.Input<double>(0)[i] * arguments.Input<double>(1)[i];
        }
    }
}
