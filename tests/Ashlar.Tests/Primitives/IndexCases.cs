using Ashlar.Primitives;
using Ashlar.Primitives.Index;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Elements picked by index.</summary>
sealed class IndexCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return new("Gather with equal indices", GatherPrimitive.Instance, [new(new Shape(2, 3), -2, 2), new(new Shape(2, 7), 0, 3, DType.Int32)]) { Differentiable = [0], Types = Numbers };
            yield return new("ScatterAdd with equal indices", ScatterAddPrimitive.Instance, [new(new Shape(2, 7), 0, 3, DType.Int64), new(new Shape(2, 7), -2, 2)], new Axes("extent", [4])) { Differentiable = [1], Types = Numbers };
        }
    }
}
