using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Reductions over all axes, the last, and the first with the last.</summary>
sealed class ReductionRows : IFunctionTable
{
    const string Order = "NumPy adds in another order";

    public IEnumerable<FunctionRow> Rows =>
    [
        .. Over("Sum", (x, axes) => x.Sum(axes)),
        .. Over("Prod", (x, axes) => x.Prod(axes)).Select(row => row with { Ulp = 2, Reason = "products of 24 elements are not exact" }),
        .. Over("Mean", (x, axes) => x.Mean(axes)),
        .. Over("Max", (x, axes) => x.Max(axes)),
        .. Over("Min", (x, axes) => x.Min(axes)),
        .. Over("Var", (x, axes) => x.Var(axes)).Select(row => row with { Ulp = 4, Reason = Order }),
        .. Over("Std", (x, axes) => x.Std(axes)).Select(row => row with { Ulp = 3, Reason = Order }),
        .. Over("LogSumExp", (x, axes) => x.LogSumExp(axes)).Select(row => row with { Ulp = 3, Reason = Order }),
        .. Over("Any", (x, axes) => x.Any(axes)).Select(row => row with { Differentiable = false }),
        .. Over("All", (x, axes) => x.All(axes)).Select(row => row with { Differentiable = false }),
        .. Over("CountNonzero", (x, axes) => x.CountNonzero(axes)).Select(row => row with { Differentiable = false }),
        .. Over("NanSum", (x, axes) => x.NanSum(axes)),
        .. Over("NanMean", (x, axes) => x.NanMean(axes)),
        Many("Var with a correction", x => [x[0].Var([1], correction: 1), x[0].Std([1], correction: 1)], Grid(-2, 2, 2, 3, 4)) with { Ulp = 4, Reason = Order },
        Unary("ArgMax", x => x.ArgMax(), -2, 2) with { Differentiable = false },
        Unary("ArgMin", x => x.ArgMin(), -2, 2) with { Differentiable = false },
        Unary("ArgMax last", x => x.ArgMax(-1), -2, 2) with { Differentiable = false },
        Unary("ArgMin last", x => x.ArgMin(-1), -2, 2) with { Differentiable = false },
        Many("Percentile", x => [x[0].Percentile(30, 1), x[0].Quantile([0.25, 0.5, 1], -1)], Grid(-2, 2, 2, 3, 4)) with { Ulp = 2, Reason = "interpolation rounds twice" },
    ];

    static IEnumerable<FunctionRow> Over(string name, Func<Tensor, int[], Tensor> reduce)
    {
        yield return Of("all", []);
        yield return Of("last", [-1]);
        yield return Of("outer", [0, -1]) with { Operands = [Grid(0.5, 2, 2, 3, 2)] };

        FunctionRow Of(string over, int[] axes) => new($"{name} {over}", reduce, x => [reduce(x[0], axes)], [Grid(0.5, 2, 2, 3)]);
    }
}
