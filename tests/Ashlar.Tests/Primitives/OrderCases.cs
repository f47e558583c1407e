using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Scan;
using Ashlar.Primitives.Sort;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Scans, sorts and searches.</summary>
sealed class OrderCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            foreach (ReduceKind kind in Enum.GetValues<ReduceKind>())
            {
                yield return Move($"Scan {kind}", ScanPrimitive.Instance, [2, 5, 3], new ScanAttributes(kind, 1, reverse: false));
                yield return Move($"Scan {kind} from the end", ScanPrimitive.Instance, [3, 6], new ScanAttributes(kind, 1, reverse: true));
            }

            yield return Two("Recurrence", RecurrencePrimitive.Instance, [2, 5, 2], [2, 5, 2], new ScanAttributes(ReduceKind.Sum, 1, reverse: false)) with { WithoutOnnx = "written as Scan" };
            yield return Two("Recurrence from the end", RecurrencePrimitive.Instance, [4, 2], [4, 2], new ScanAttributes(ReduceKind.Sum, 0, reverse: true));
            yield return Move("ArgSort", ArgSortPrimitive.Instance, [3, 6, 2], new SortAttributes(1, descending: false, 6)) with { Differentiable = [] };
            yield return Move("ArgSort of the largest", ArgSortPrimitive.Instance, [3, 9], new SortAttributes(1, descending: true, 2)) with { Differentiable = [] };
            yield return Move("Sort", SortPrimitive.Instance, [3, 6, 2], new SortAttributes(1, descending: false, 6));
            yield return Move("Sort descending", SortPrimitive.Instance, [3, 9], new SortAttributes(1, descending: true, 9));
            yield return Two("SearchSorted", SearchSortedPrimitive.Instance, [2, 4], [2, 6], new Axes("right", [0])) with { Differentiable = [], WithoutOnnx = "no operator; written as comparisons and a sum" };
        }
    }

}
