using Ashlar.Tests.Indexing;
using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Orders, searches, counts and updates, whose values tools/vectors/indexing.py records.</summary>
sealed class OrderRows : IFunctionTable
{
    const string Evaluates = "the extents of the result depend on the elements";

    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            FunctionRow[] rows =
            [
                Many("Sort", x => [x[0].Sort(), x[0].Sort(0, descending: true)], Grid(-2, 2, 2, 5)),
                Many("TopK", x => [x[0].TopK(2).Values, x[0].TopK(2, 0, largest: false).Values], Grid(-2, 2, 2, 5)),
                Many("KthValue", x => [x[0].KthValue(2).Values], Grid(-2, 2, 2, 5)),
                Many("Quantile", x => [x[0].Quantile(0.3, 1), x[0].Quantile(0.5, method: QuantileMethod.Nearest)], Grid(-2, 2, 2, 5)),
                Many("Median", x => [x[0].Median(), x[0].Median(0), x[0].NanMedian(1)], Grid(-2, 2, 2, 5)),
                Many("Mode", x => [x[0].Mode()], Grid(-2, 2, 2, 5)),
                Many("ArgSort", x => [x[0].ArgSort(), x[0].ArgSort(0, descending: true)], Grid(-2, 2, 2, 5)) with { Differentiable = false },
                Many("SearchSorted", x => [x[0].Sort().SearchSorted(x[1])], Grid(-2, 2, 5), Grid(-2, 2, 2, 3)) with { Differentiable = false },
                Many("Bucketize", x => [x[1].Bucketize(x[0].Sort()), x[1].Digitize(x[0].Sort())], Grid(-2, 2, 5), Grid(-2, 2, 2, 3)) with { Differentiable = false },
                Many("IsIn", x => [x[0].IsIn(x[1]), x[0].IsIn(x[1], invert: true)], Whole(0, 9, DType.Int64, 5), Whole(0, 9, DType.Int64, 4)) with { Differentiable = false },
                Many("Bincount", x => [x[0].Bincount(length: 9), x[0].Bincount(x[1], 9)], Whole(0, 9, DType.Int64, 5), Grid(-2, 2, 5)),
                Many("Histogram", x => [x[0].Histogram(5, (-2, 2)).Counts, x[0].Histogram(Tensor.From([-2.0, 0, 1], 3), x[1])], Grid(-2, 2, 5), Grid(-2, 2, 5)),
                Many("Nonzero", x => x[0].Nonzero(), Grid(-2, 2, 2, 3)) with { Differentiable = false, WithoutVmap = Evaluates },
                Many("UniqueAll", x => [x[0].UniqueAll().Item1], Grid(-2, 2, 2, 3)) with { WithoutVmap = Evaluates },
                Many("Pick", x => [x[0].Pick([1, TensorIndex.None, x[1]])], Grid(-2, 2, 2, 5), Whole(-5, 5, DType.Int64, 3)),
                Many("At", x => [x[0].At[1..].Set(x[1]), x[0].At[.., 2].Add(1), x[0].At[0].Multiply(x[1])], Grid(-2, 2, 2, 5), Grid(0.5, 2, 5)),
            ];
            return rows.Select(row => row with { Holder = row.Name is "Pick" or "At" ? typeof(IndexerValueTests) : typeof(FunctionValueTests) });
        }
    }
}
