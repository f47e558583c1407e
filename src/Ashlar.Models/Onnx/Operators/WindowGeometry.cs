namespace Ashlar.Onnx.Operators;

/// <summary>Where windows of a convolution or pooling lie, by a node's attributes.</summary>
/// <param name="Window">Extents.</param>
/// <param name="Strides">Distance of windows.</param>
/// <param name="Dilations">Distance of elements under a window.</param>
/// <param name="Low">Padding before.</param>
/// <param name="High">Padding behind, as the node says.</param>
/// <param name="Places">Number of windows along each axis.</param>
sealed record WindowGeometry(int[] Window, int[] Strides, int[] Dilations, int[] Low, int[] High, int[] Places)
{
    /// <param name="c">The call.</param>
    /// <param name="input">Spatial extents of the input.</param>
    /// <param name="window">Extents of the window.</param>
    public static WindowGeometry Of(OperatorCall c, int[] input, int[] window)
    {
        int n = window.Length;
        int[] strides = c.Ints("strides") ?? Ones(n);
        int[] dilations = c.Ints("dilations") ?? Ones(n);
        int[] pads = c.Ints("pads") ?? new int[2 * n];
        if (input.Length != n || strides.Length != n || dilations.Length != n || pads.Length != 2 * n)
        {
            throw OperatorCall.Fault($"the window [{string.Join(", ", window)}] with {strides.Length} strides, {dilations.Length} dilations and {pads.Length} pads does not go with {input.Length} spatial axes. Give one number for each axis, two for pads.");
        }

        (int[] low, int[] high) = (pads[..n], pads[n..]);
        string auto = c.Text("auto_pad", "NOTSET");
        var places = new int[n];
        for (int i = 0; i < n; i++)
        {
            int reach = (dilations[i] * (window[i] - 1)) + 1;
            if (auto.StartsWith("SAME", StringComparison.Ordinal))
            {
                places[i] = (input[i] + strides[i] - 1) / strides[i];
                int total = Math.Max(0, ((places[i] - 1) * strides[i]) + reach - input[i]);
                low[i] = auto == "SAME_LOWER" ? total - (total / 2) : total / 2;
                high[i] = total - low[i];
                continue;
            }

            if (auto == "VALID")
            {
                (low[i], high[i]) = (0, 0);
            }

            int room = input[i] + low[i] + high[i] - reach;
            places[i] = room < 0 ? 0 : (c.Flag("ceil_mode") ? (room + strides[i] - 1) / strides[i] : room / strides[i]) + 1;
            // A last window that would begin in the padding behind does not count.
            if (c.Flag("ceil_mode") && (places[i] - 1) * strides[i] >= input[i] + low[i])
            {
                places[i]--;
            }
        }

        return new WindowGeometry(window, strides, dilations, low, high, places);
    }

    /// <summary>Padding behind that the windows really reach: less than given where strides skip it, more where the last window hangs over.</summary>
    public int[] Reached(int[] input) =>
        [.. input.Select((extent, i) => Places[i] == 0 ? High[i] : Math.Max(0, ((Places[i] - 1) * Strides[i]) + (Dilations[i] * (Window[i] - 1)) + 1 - extent - Low[i]))];

    public static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];
}
