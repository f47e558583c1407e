namespace Ashlar.Onnx.Operators;

/// <summary>Resizing along one axis: for each place of the result the elements that it reads and their weights.</summary>
/// <param name="Indices">[taps][places].</param>
/// <param name="Weights">[taps][places].</param>
/// <param name="Outside">Places that lie outside the region, where the result takes a given number; or null.</param>
sealed record ResizeAxis(int[][] Indices, double[][] Weights, bool[]? Outside)
{
    /// <param name="s">How coordinates and weights are found.</param>
    /// <param name="input">Extent of the axis.</param>
    /// <param name="output">Extent of the result.</param>
    /// <param name="scale">Extent of the result over that of the axis, as the model says.</param>
    /// <param name="region">Start and end of the region that is read, in parts of the axis.</param>
    public static ResizeAxis Of(ResizeSettings s, int input, int output, double scale, (double Start, double End) region)
    {
        var at = new double[HostLimits.Elements(output, "the result's axis")];
        bool[]? outside = s.Coordinates == "tf_crop_and_resize" ? new bool[output] : null;
        var taps = new (int Index, double Weight)[output][];
        for (int i = 0; i < output; i++)
        {
            at[i] = Place(s.Coordinates, i, input, output, scale, region);
            if (outside is not null)
            {
                outside[i] = at[i] < 0 || at[i] > input - 1;
            }

            taps[i] = Taps(s, at[i], input, scale);
        }

        int count = taps.Length == 0 ? 1 : taps[0].Length;
        return new ResizeAxis(
            [.. Enumerable.Range(0, count).Select(t => (int[])[.. taps.Select(tap => Math.Clamp(tap[t].Index, 0, input - 1))])],
            [.. Enumerable.Range(0, count).Select(t => (double[])[.. taps.Select(tap => tap[t].Weight)])],
            outside);
    }

    static double Place(string mode, int i, int input, int output, double scale, (double Start, double End) region)
    {
        double width = scale * input;
        return mode switch
        {
            "align_corners" => width == 1 ? 0 : (double)i * (input - 1) / (width - 1),
            "asymmetric" => i / scale,
            "tf_crop_and_resize" => (region.Start * (input - 1)) + (output == 1 ? (region.End - region.Start) * (input - 1) / 2 : i * (region.End - region.Start) * (input - 1) / (output - 1)),
            "pytorch_half_pixel" => output == 1 ? 0 : ((i + 0.5) / scale) - 0.5,
            "tf_half_pixel_for_nn" => (i + 0.5) / scale,
            "half_pixel_symmetric" => (input / 2.0 * (1 - (output / width))) + ((i + 0.5) / scale) - 0.5,
            _ => ((i + 0.5) / scale) - 0.5,
        };
    }

    static (int Index, double Weight)[] Taps(ResizeSettings s, double at, int input, double scale)
    {
        int left = (int)Math.Floor(at);
        double ratio = at - left;
        if (ratio == 0)
        {
            (left, ratio) = (left - 1, 1);      // of two neighbours the left one is preferred
        }

        (int first, double[] weights) = s.Mode switch
        {
            "nearest" => (left, Nearest(s.Nearest == "simple" ? scale < 1 ? "ceil" : "floor" : s.Nearest, ratio)),
            "cubic" => s.Antialias && scale < 1 ? Wide(left, ratio, scale, 2, x => Cubic(x, s.CubicA)) : (left - 1, [Cubic(ratio + 1, s.CubicA), Cubic(ratio, s.CubicA), Cubic(1 - ratio, s.CubicA), Cubic(2 - ratio, s.CubicA)]),
            _ => s.Antialias && scale < 1 ? Wide(left, ratio, scale, 1, x => Math.Max(0, 1 - Math.Abs(x))) : (left, [1 - ratio, ratio]),
        };
        if (s.ExcludeOutside)
        {
            for (int t = 0; t < weights.Length; t++)
            {
                weights[t] = first + t < 0 || first + t >= input ? 0 : weights[t];
            }

            double sum = weights.Sum();
            weights = [.. weights.Select(weight => weight / sum)];
        }

        return [.. weights.Select((weight, t) => (first + t, weight))];
    }

    static double[] Nearest(string mode, double ratio) => (mode switch
    {
        "round_prefer_ceil" => ratio >= 0.5,
        "floor" => ratio == 1,
        "ceil" => true,
        _ => ratio > 0.5,
    }) ? [0, 1] : [1, 0];

    // The kernel is stretched by the factor of the reduction, so that no element is passed over.
    static (int First, double[] Weights) Wide(int left, double ratio, double scale, int reach, Func<double, double> kernel)
    {
        int start = -HostLimits.Parts((long)Math.Min(long.MaxValue / 2, -Math.Floor(-reach / scale)), "the stretched kernel") + 1;
        double[] weights = [.. Enumerable.Range(start, 2 - (2 * start)).Select(i => kernel((i - ratio) * scale))];
        double sum = weights.Sum();
        return (left + start, [.. weights.Select(weight => weight / sum)]);
    }

    static double Cubic(double x, double a)
    {
        x = Math.Abs(x);
        return x <= 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1 : x < 2 ? ((((a * x) - (5 * a)) * x) + (8 * a)) * x - (4 * a) : 0;
    }
}
