namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution as a contraction: batches are groups, rows output channels, columns (image, output pixel), depth (input channel, kernel position).</summary>
/// <remarks>
/// No matrix of patches is made: the offset tables say where each patch lies. Only padding and holes need a copy of the input, because their zeros must lie somewhere;
/// they are multiplied like all other values. Columns run across images, so small images fill the tiles as well as large ones.
/// </remarks>
sealed unsafe class ConvolutionGeometry
{
    readonly PaddedInput? _padding;

    /// <param name="type">Element type: float32, float64, int32 or int64.</param>
    /// <param name="shape">Extents and settings. The arrays are read, not kept.</param>
    /// <exception cref="ShapeException">The extents do not fit each other, a setting is out of range, or an offset would exceed 32 bits.</exception>
    public ConvolutionGeometry(DType type, ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ConvolutionRules.Validate(shape);
        int rank = shape.Input.Length;
        int[] strides = shape.Strides ?? Filled(rank - 2, 1);
        int[] kernelDilation = shape.KernelDilation ?? Filled(rank - 2, 1);
        int[] inputDilation = shape.InputDilation ?? Filled(rank - 2, 1);
        int[] low = shape.PaddingLow ?? Filled(rank - 2, 0);
        int[] high = shape.PaddingHigh ?? Filled(rank - 2, 0);

        OutputShape = [shape.Input[0], shape.Kernel[0], .. new int[rank - 2]];
        PaddedShape = [.. shape.Input];
        for (int s = 0; s < rank - 2; s++)
        {
            long room = Spread(shape.Input[s + 2], inputDilation[s]) + low[s] + high[s] - Spread(shape.Kernel[s + 2], kernelDilation[s]);
            int places = room < 0 ? 0 : OffsetGrid.Fit((room / strides[s]) + 1, "convolution output");
            long touched = places == 0 || shape.Kernel[s + 2] == 0 ? 0 : Spread(places, strides[s]) + Spread(shape.Kernel[s + 2], kernelDilation[s]) - 1;
            OutputShape[s + 2] = places;
            PaddedShape[s + 2] = OffsetGrid.Fit(touched, "convolution padded input");
            NeedsPaddedInput |= touched > 0 && (low[s] > 0 || inputDilation[s] > 1 || touched - low[s] > shape.Input[s + 2]);
        }

        int[] outputStrides = shape.OutputStrides ?? OffsetGrid.RowMajor(OutputShape, "convolution output");
        int[] kernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        int[] inputStrides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        int[] readStrides = NeedsPaddedInput ? OffsetGrid.RowMajor(PaddedShape, "convolution padded input") : inputStrides;
        PaddedLength = NeedsPaddedInput ? OffsetGrid.Count(PaddedShape, "convolution padded input") : 0;
        _padding = NeedsPaddedInput ? new PaddedInput(type.ItemSize, shape.Input, inputStrides, PaddedShape, low, inputDilation) : null;

        long first = 0;
        for (int s = 0; s < rank - 2 && !NeedsPaddedInput && PaddedShape[s + 2] > 0; s++)
        {
            first -= (long)low[s] * readStrides[s + 2];
        }

        int outputs = shape.Kernel[0] / shape.Groups;
        Nest = new ContractionNest
        {
            Type = type,
            BatchA = Groups(shape, 0, (long)outputs * kernelStrides[0]),
            BatchB = Groups(shape, first, (long)shape.Kernel[1] * readStrides[1]),
            BatchC = Groups(shape, 0, (long)outputs * outputStrides[1]),
            RowA = OffsetGrid.Of([outputs], [kernelStrides[0]]),
            DepthA = OffsetGrid.Of(shape.Kernel[1..], kernelStrides[1..]),
            DepthB = OffsetGrid.Of(shape.Kernel[1..], [readStrides[1], .. Scaled(readStrides[2..], kernelDilation)]),
            ColumnB = OffsetGrid.Of([OutputShape[0], .. OutputShape[2..]], [readStrides[0], .. Scaled(readStrides[2..], strides)]),
            RowC = OffsetGrid.Of([outputs], [outputStrides[1]]),
            ColumnC = OffsetGrid.Of([OutputShape[0], .. OutputShape[2..]], [outputStrides[0], .. outputStrides[2..]]),
        };
    }

    /// <summary>[N, O, spatial…].</summary>
    public int[] OutputShape { get; }

    /// <summary>[N, C, spatial…] of the padded, dilated input as far as any output reads it.</summary>
    public int[] PaddedShape { get; }

    /// <summary>Whether the input must be copied by <see cref="Pad"/> before the contraction; otherwise the contraction reads the input itself.</summary>
    public bool NeedsPaddedInput { get; }

    /// <summary>Elements of the padded copy; 0 where none is needed.</summary>
    public int PaddedLength { get; }

    /// <summary>The contraction: A is the kernel, B the padded copy or else the input, C the output.</summary>
    public ContractionNest Nest { get; }

    /// <summary>Writes the padded, dilated copy of the input, row-major; padding is +0. Allocates nothing once it has run.</summary>
    /// <param name="pool">Who copies.</param>
    /// <param name="input">Base of the input.</param>
    /// <param name="padded">Receives <see cref="PaddedLength"/> elements.</param>
    /// <exception cref="InvalidOperationException">No copy is needed.</exception>
    public void Pad(WorkerPool pool, void* input, void* padded)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (_padding is null)
        {
            throw new InvalidOperationException("convolution: this input needs no padded copy. Give the input itself to the contraction.");
        }

        _padding.Write(pool, (byte*)input, (byte*)padded);
    }

    // Extent of n points that lie a distance apart.
    static long Spread(int count, int distance) => count == 0 ? 0 : ((count - 1L) * distance) + 1;

    static int[] Groups(ConvolutionShape shape, long first, long step)
    {
        var offsets = new int[shape.Groups];
        for (int group = 0; group < offsets.Length; group++)
        {
            offsets[group] = OffsetGrid.Fit(first + (group * step), "convolution groups");
        }

        return offsets;
    }

    static int[] Filled(int count, int value)
    {
        var values = new int[count];
        Array.Fill(values, value);
        return values;
    }

    static int[] Scaled(int[] strides, int[] factors)
    {
        var scaled = new int[strides.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = OffsetGrid.Fit((long)strides[i] * factors[i], "convolution strides");
        }

        return scaled;
    }
}
