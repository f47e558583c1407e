namespace Ashlar.Onnx.Operators;

/// <summary>Reductions along axes, positions of extremes, running sums.</summary>
static class ReductionOperators
{
    public static Operator[] All { get; } =
    [
        new("ReduceSum", 1, c => Reduce(c, (x, axes) => x.Sum(axes, true, x.DType), 0)),
        new("ReduceMean", 1, c => Reduce(c, (x, axes) => x.DType.IsInteger ? x.To(DType.Float64).Mean(axes, true).To(x.DType) : x.Mean(axes, true), double.NaN)),
        new("ReduceProd", 1, c => Reduce(c, (x, axes) => x.Prod(axes, true, x.DType), 1)),
        new("ReduceMax", 1, c => Reduce(c, (x, axes) => x.DType == DType.Bool ? x.Any(axes, true) : x.Max(axes, true), double.NegativeInfinity)),
        new("ReduceMin", 1, c => Reduce(c, (x, axes) => x.DType == DType.Bool ? x.All(axes, true) : x.Min(axes, true), double.PositiveInfinity)),
        new("ReduceL1", 1, c => Reduce(c, (x, axes) => x.Sum(axes, true, x.DType), 0, x => x.Abs())),
        new("ReduceL2", 1, c => Reduce(c, (x, axes) => x.Sum(axes, true, x.DType), 0, x => x * x, Root)),
        new("ReduceSumSquare", 1, c => Reduce(c, (x, axes) => x.Sum(axes, true, x.DType), 0, x => x * x)),
        new("ReduceLogSum", 1, c => Reduce(c, (x, axes) => x.Sum(axes, true, x.DType), double.NegativeInfinity, Real, x => x.Log())),
        new("ReduceLogSumExp", 1, c => Reduce(c, (x, axes) => x.LogSumExp(axes, true), double.NegativeInfinity, Real)),
        new("ArgMax", 1, c => Arg(c, (x, axis) => x.ArgMax(axis, true))),
        new("ArgMin", 1, c => Arg(c, (x, axis) => x.ArgMin(axis, true))),
        new("CumSum", 11, c => c[0].CumSum(c.Int(1), c.Flag("reverse"), c.Flag("exclusive")).To(c[0].DType)),
        new("CumProd", 26, c => c[0].CumProd(c.Int(1), c.Flag("reverse"), c.Flag("exclusive")).To(c[0].DType)),
    ];

    /// <summary>The axes that a reduction is asked for, from its attribute or, since a version, its second input; null for all.</summary>
    static int[]? Axes(OperatorCall c, int rank)
    {
        int[]? given = c.Ints("axes") ?? (c.Has(1) ? c.Ints(1) : null);
        return given is null or [] ? null : [.. given.Select(axis => OperatorCall.Axis(axis, rank))];
    }

    static Tensor Reduce(OperatorCall c, Func<Tensor, int[], Tensor> reduction, double ofNothing, Func<Tensor, Tensor>? before = null, Func<Tensor, Tensor>? after = null)
    {
        Tensor x = c[0];
        DType type = x.DType;
        int[]? axes = Axes(c, x.Rank);
        bool idle = axes is null && c.Flag("noop_with_empty_axes");
        Tensor wide = type.IsHalf ? x.To(DType.Float32) : x;
        wide = before?.Invoke(wide) ?? wide;
        axes ??= [.. Enumerable.Range(0, x.Rank)];
        int[] kept = [.. x.Shape.Select((extent, axis) => axes.Contains(axis) ? 1 : extent)];
        Tensor y;
        if (idle || x.Rank == 0)
        {
            // Reducing nothing: LogSumExp of one number is that number.
            y = after is null ? wide : after(wide);
        }
        else if (axes.Any(axis => x.Shape[axis] == 0))
        {
            double value = double.IsNegativeInfinity(ofNothing) && !type.IsFloating && after is null ? Lowest(type) : double.IsPositiveInfinity(ofNothing) && !type.IsFloating ? Highest(type) : ofNothing;
            y = Tensor.Full(new Shape(kept), value, wide.DType);
        }
        else
        {
            y = reduction(wide, axes);
            y = after is null ? y : after(y);
        }

        y = y.To(type);
        return idle || c.Flag("keepdims", true) ? y : y.Reshape([.. x.Shape.Where((_, axis) => !axes.Contains(axis))]);
    }

    static double Lowest(DType type) => type == DType.Bool ? 0 : (double)IntegerInfo.Of(type).Min;

    static double Highest(DType type) => type == DType.Bool ? 1 : (double)IntegerInfo.Of(type).Max;

    static Tensor Real(Tensor x) => x.DType.IsFloating ? x : x.To(DType.Float64);

    static Tensor Root(Tensor x) => x.DType.IsFloating ? x.Sqrt() : x.To(DType.Float64).Sqrt().To(x.DType);

    static Tensor Arg(OperatorCall c, Func<Tensor, int, Tensor> find)
    {
        Tensor x = c[0];
        int axis = OperatorCall.Axis(c.Int("axis", 0), x.Rank);
        Tensor place = c.Flag("select_last_index") ? (x.Shape[axis] - 1) - find(x.Flip(axis), axis).To(DType.Int64) : find(x, axis).To(DType.Int64);
        return c.Flag("keepdims", true) ? place : place.Squeeze(axis);
    }
}
