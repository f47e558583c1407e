using Ashlar.Autodiff;
using Ashlar.Primitives;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Structure;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Movements, and the markers that move nothing.</summary>
sealed class MovementCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return Move("Reshape", ReshapePrimitive.Instance, [2, 6], new Axes("shape", [3, 4]));
            yield return Move("Reshape to a number", ReshapePrimitive.Instance, [1, 1], new Axes("shape", []));
            yield return Move("Permute", PermutePrimitive.Instance, [2, 3, 4], new Axes("axes", [2, 0, 1]));
            yield return Move("Expand", ExpandPrimitive.Instance, [2, 1, 3], new Axes("shape", [2, 4, 3]));
            yield return Move("Slice", SlicePrimitive.Instance, [4, 5], new SliceAttributes([1, 0], [2, 3], [1, 2]));
            yield return Move("Slice backwards", SlicePrimitive.Instance, [4, 6], new SliceAttributes([3, 5], [4, 3], [-1, -2]));
            yield return Move("Pad", PadPrimitive.Instance, [2, 3], new PadAttributes([1, 0], [0, 2], [0, 0], 0));
            yield return Move("Pad between elements", PadPrimitive.Instance, [3, 2], new PadAttributes([0, 1], [1, 0], [2, 1], 0));
            yield return Move("Pad behind each element", PadPrimitive.Instance, [3, 7, 1], new PadAttributes([0, 0, 0], [0, 0, 1], [0, 0, 0], 0x3F80_0000));
            yield return new("Concat", ConcatPrimitive.Instance, [new(new Shape(2, 1, 2), -2, 2), new(new Shape(2, 3, 2), -2, 2), new(new Shape(2, 2, 2), -2, 2)], new Axes("axis", [1])) { Differentiable = [0, 1, 2], Types = Numbers };
            yield return Move("Barrier", BarrierPrimitive.Instance, [2, 3], null) with { TakesAnything = true };
            yield return Move("StopGradient", StopGradientPrimitive.Instance, [2, 3], null) with { Differentiable = [], WithoutOnnx = "means nothing in inference", TakesAnything = true };
            yield return new("After", AfterPrimitive.Instance, [new(new Shape(2, 3), -2, 2), new(new Shape(4), -2, 2)]) { Differentiable = [0], Types = Numbers, TakesAnything = true };
            yield return Move("Name", NamePrimitive.Instance, [2, 3], new NameAttributes("hidden")) with { TakesAnything = true };
            yield return new("GradientRule", GradientRulePrimitive.Instance, [new(new Shape(2, 3), -2, 2), new(new Shape(2, 3), -2, 2)], new FunctionRule("rule", (given, _, _) => [Op.Zeros(given[0])])) { Differentiable = [1], Types = Numbers, TakesAnything = true };
        }
    }
}
