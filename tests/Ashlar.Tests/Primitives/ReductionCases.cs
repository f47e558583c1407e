using Ashlar.Ir;
using Ashlar.Primitives.Reduce;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Reductions over axes.</summary>
sealed class ReductionCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
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
    }
}
