namespace Ashlar.Onnx.Operators;

/// <summary>Pictures and grids at other sizes: one axis after the other, as sums of a few picked elements.</summary>
static class ResizeOperators
{
    public static Operator[] All { get; } =
    [
        new("Resize", 10, c => Resize(c, c.Opset < 11 ? Old(c.Text("mode", "nearest")) : New(c), c.Opset < 11 ? 1 : 2)),
        new("Upsample", 1, c => Resize(c, Old(c.Text("mode", "nearest")), 1)),
    ];

    static ResizeSettings Old(string mode) => new(mode is "bilinear" ? "linear" : mode, "asymmetric", "simple", -0.75, false, false);

    static ResizeSettings New(OperatorCall c) => new(c.Text("mode", "nearest"), c.Text("coordinate_transformation_mode", "half_pixel"), c.Text("nearest_mode", "round_prefer_floor"),
        c.Float("cubic_coeff_a", -0.75f), c.Flag("exclude_outside"), c.Flag("antialias"));

    static Results Resize(OperatorCall c, ResizeSettings settings, int scalesInput)
    {
        Tensor x = c[0];
        int[] axes = c.Ints("axes") is { } some ? [.. some.Select(axis => OperatorCall.Axis(axis, x.Rank))] : [.. Enumerable.Range(0, x.Rank)];
        (double[] scales, int[] sizes) = Extents(c, x.Shape, axes, scalesInput);
        double[] region = scalesInput == 2 && c.Has(1) && c[1].Size > 0 ? c[1].To(DType.Float64).ToArray<double>() : [.. axes.Select(_ => 0.0), .. axes.Select(_ => 1.0)];
        // Whole numbers are cut behind the last step, so that a rounding below one would cost a unit.
        DType wide = x.DType.IsHalf ? DType.Float32 : x.DType.IsFloating ? x.DType : DType.Float64;
        Tensor y = settings.Mode == "nearest" ? x : x.To(wide);
        Tensor? outside = null;
        for (int k = 0; k < axes.Length; k++)
        {
            int axis = axes[k];
            if (sizes[k] == x.Shape[axis] && scales[k] == 1 && settings.Coordinates != "tf_crop_and_resize")
            {
                continue;
            }

            ResizeAxis plan = ResizeAxis.Of(settings, x.Shape[axis], sizes[k], scales[k], (region[k], region[k + axes.Length]));
            y = Along(y, axis, plan, settings.Mode == "nearest");
            if (plan.Outside is { } there && there.Contains(true))
            {
                Tensor mask = Tensor.From<bool>(there, [there.Length, .. Enumerable.Repeat(1, x.Rank - 1 - axis)]);
                outside = outside is null ? mask : outside | mask;
            }
        }

        y = outside is null ? y : Tensor.Where(outside, Tensor.Full(Shape.Scalar, c.Float("extrapolation_value", 0), y.DType), y);
        return y.To(x.DType);
    }

    static Tensor Along(Tensor x, int axis, ResizeAxis plan, bool nearest)
    {
        int places = plan.Indices[0].Length;
        if (nearest)
        {
            int[] chosen = [.. Enumerable.Range(0, places).Select(i => plan.Weights[1][i] > 0 ? plan.Indices[1][i] : plan.Indices[0][i])];

            // A whole multiple repeats rows: a movement, read where it lies. Single elements are picked sooner.
            int times = x.Shape[axis] > 0 ? places / x.Shape[axis] : 0;
            if (axis < x.Rank - 1 && times * x.Shape[axis] == places && Enumerable.Range(0, places).All(i => chosen[i] == i / times))
            {
                int[] extents = [.. x.Shape.Extents];
                int[] longer = [.. extents[..axis], places, .. extents[(axis + 1)..]];
                return x.Unsqueeze(axis + 1).BroadcastTo(new Shape([.. extents[..(axis + 1)], times, .. extents[(axis + 1)..]])).Reshape(longer);
            }

            return x.Take(Tensor.From(chosen, places), axis);
        }

        Tensor? sum = null;
        for (int t = 0; t < plan.Indices.Length; t++)
        {
            Tensor weight = Tensor.From(plan.Weights[t], [places, .. Enumerable.Repeat(1, x.Rank - 1 - axis)]).To(x.DType);
            Tensor term = x.Take(Tensor.From(plan.Indices[t], places), axis) * weight;
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    static (double[] Scales, int[] Sizes) Extents(OperatorCall c, Shape shape, int[] axes, int scalesInput)
    {
        if (c.Attributes.Has("height_scale"))
        {
            double[] plane = [1, 1, c.Float("height_scale", 1), c.Float("width_scale", 1)];
            return (plane, [.. axes.Select((axis, k) => (int)Math.Floor(shape[axis] * plane[k]))]);
        }

        if (c.Opset < 9 && c.Attributes.Floats("scales") is { } given)
        {
            return ([.. given.Select(scale => (double)scale)], [.. axes.Select((axis, k) => (int)Math.Floor(shape[axis] * (double)given[k]))]);
        }

        if (c.Has(scalesInput) && c[scalesInput].Size > 0)
        {
            double[] scales = c[scalesInput].To(DType.Float64).ToArray<double>();
            return (scales, [.. axes.Select((axis, k) => (int)Math.Floor(shape[axis] * scales[k]))]);
        }

        int[] sizes = c.Ints(3);
        string policy = c.Text("keep_aspect_ratio_policy", "stretch");
        if (policy != "stretch")
        {
            double[] each = [.. axes.Select((axis, k) => (double)sizes[k] / shape[axis])];
            double one = policy == "not_larger" ? each.Min() : each.Max();
            return ([.. axes.Select(_ => one)], [.. axes.Select(axis => (int)Math.Floor((one * shape[axis]) + 0.5))]);
        }

        return ([.. axes.Select((axis, k) => (double)sizes[k] / shape[axis])], sizes);
    }
}
