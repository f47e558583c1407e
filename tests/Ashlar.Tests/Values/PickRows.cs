using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Picks, scans and products.</summary>
sealed class PickRows : IFunctionTable
{
    const string Evaluates = "the extents of the result depend on the elements";

    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            yield return Many("Gather", x => [x[0].Gather(x[1])], Grid(-2, 2, 3, 3), Whole(-3, 3, DType.Int64, 3, 2));
            yield return Many("Take", x => [x[0].Take(x[1], 1)], Grid(-2, 2, 2, 3, 4), Whole(-3, 3, DType.Int64, 2, 3));
            yield return Many("TakeAlongAxis", x => [x[0].TakeAlongAxis(x[1])], Grid(-2, 2, 2, 4), Whole(-4, 4, DType.Int64, 2, 3));
            yield return Many("PutAlongAxis", x => [x[0].PutAlongAxis(x[1], x[2])], Grid(-2, 2, 2, 4), Whole(-4, 4, DType.Int64, 2, 1), Grid(-2, 2, 2, 1));
            yield return Many("MaskedFill", x => [x[0].MaskedFill(x[1], 5)], Grid(-2, 2, 2, 3), Whole(0, 2, DType.Bool, 2, 3));
            yield return Many("MaskedSelect", x => [x[0].MaskedSelect(x[1])], Grid(-2, 2, 2, 3), Whole(0, 2, DType.Bool, 2, 3)) with { WithoutVmap = Evaluates };
            yield return Many("ArgWhere", x => [x[0].ArgWhere()], Grid(-2, 2, 2, 3)) with { Differentiable = false, WithoutVmap = Evaluates };
            yield return Many("UniqueValues", x => [x[0].UniqueValues()], Grid(-2, 2, 2, 3)) with { WithoutVmap = Evaluates };
            yield return Many("Unique", x => Both(x[0].UniqueCounts(), x[0].UniqueInverse()), Whole(0, 4, DType.Int64, 4)) with { Differentiable = false, WithoutVmap = Evaluates };
            yield return Many("Unique along an axis", Slices, Whole(0, 2, DType.Int64, 5, 2, 2)) with { Differentiable = false, WithoutVmap = Evaluates };
            yield return Many("OneHot", x => [x[0].OneHot(3)], Whole(0, 3, DType.Int64, 2, 2)) with { Differentiable = false };
            yield return Many("Indexer", x => [x[0][1], x[0][.., ^1], x[0][TensorIndex.Ellipsis, 1..3], x[0][0, TensorIndex.Slice(null, null, -1), TensorIndex.None], x[0][.., (int[])[2, 0], 1]], Grid(-2, 2, 2, 3, 4));
            yield return Many("CumSum", x => [x[0].CumSum(1), x[0].CumSum(-1, reverse: true), x[0].CumSum(-1, exclusive: true)], Grid(-2, 2, 2, 3, 4));
            yield return Many("CumProd", x => [x[0].CumProd(1), x[0].CumProd(-1, reverse: true)], Grid(0.5, 2, 2, 3, 4));
            yield return Many("CumMax", x => [x[0].CumMax(1), x[0].CumMax(-1, reverse: true)], Grid(-2, 2, 2, 3, 4));
            yield return Many("CumMin", x => [x[0].CumMin(1), x[0].CumMin(-1, reverse: true)], Grid(-2, 2, 2, 3, 4));
            yield return Many("LogCumSumExp", x => [x[0].LogCumSumExp(1), x[0].LogCumSumExp(-1, reverse: true)], Grid(-2, 2, 2, 3, 4)) with { Ulp = 8, Reason = "NumPy adds one after the other, we by doubling" };
            yield return Many("Recurrence", x => [Tensor.Recurrence(x[0], x[1], 1)], Grid(-2, 2, 2, 3, 4), Grid(-2, 2, 2, 3, 4));
            yield return Many("MatMul", x => [x[0].MatMul(x[1])], Grid(-2, 2, 2, 3, 4), Grid(-2, 2, 4, 3));
            yield return Many("TensorDot", x => [x[0].TensorDot(x[1], [0, 2], [0, 2]), x[0].TensorDot(x[1].Permute(1, 2, 0))], Grid(-2, 2, 2, 3, 4), Grid(-2, 2, 2, 3, 4));
            yield return Many("VecDot", x => [x[0].VecDot(x[1])], Grid(-2, 2, 2, 3, 4), Grid(-2, 2, 3, 4));
            yield return Many("Einsum", x => [Tensor.Einsum("bij,kj->bki", x[0], x[1])], Grid(-2, 2, 2, 3, 4), Grid(-2, 2, 3, 4));
        }
    }

    static Tensor[] Both((Tensor Values, Tensor Counts) counted, (Tensor Values, Tensor Inverse) inverted) => [counted.Values, counted.Counts, inverted.Values, inverted.Inverse];

    static Tensor[] Slices(Tensor[] x)
    {
        (Tensor values, Tensor indices, Tensor inverse, Tensor counts) = x[0].UniqueAll(-1);
        return [values, indices, inverse, counts, x[0].UniqueValues(0), x[0].UniqueCounts(1).Counts, x[0].UniqueInverse(1).InverseIndices];
    }
}
