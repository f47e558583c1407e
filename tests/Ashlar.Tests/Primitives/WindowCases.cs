using Ashlar.Ir;
using Ashlar.Primitives.Window;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Reductions over windows.</summary>
sealed class WindowCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            foreach (ReduceKind kind in (ReduceKind[])[ReduceKind.Sum, ReduceKind.Max, ReduceKind.Min])
            {
                yield return Move($"ReduceWindow {kind}", ReduceWindowPrimitive.Instance, [2, 4, 4], new WindowAttributes(kind, [2, 2], [2, 2], [0, 0], [0, 0]));
                yield return Move($"ReduceWindow {kind} with overlap and padding", ReduceWindowPrimitive.Instance, [1, 2, 5, 4], new WindowAttributes(kind, [3, 2], [2, 1], [1, 1], [1, 0]));
                yield return Move($"ReduceWindow {kind} with unread elements", ReduceWindowPrimitive.Instance, [1, 7], new WindowAttributes(kind, [2], [3], [0], [0]));
            }

            yield return Move("WindowArgReduce", WindowArgReducePrimitive.Instance, [2, 5, 4], new WindowAttributes(ReduceKind.Max, [3, 2], [2, 1], [1, 1], [1, 0])) with { Differentiable = [], WithoutOnnx = "second result of MaxPool" };
        }
    }
}
