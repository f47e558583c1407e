namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution as a contraction: batches are groups, rows output channels, columns (image, output pixel), depth (input channel, kernel position).</summary>
/// <remarks>
/// No matrix of patches is made: the offset tables say where each patch lies. Padding is masked where the outputs of an image are neighbours in the input, as those of windows one
/// apart over maps that keep their width are. Otherwise padding and holes need a copy of the input, because their zeros must lie somewhere; they are multiplied like all other values.
/// Columns run across images, so small images fill the tiles as well as large ones. A copy is also made where neighbouring columns would be apart in memory otherwise:
/// windows more than one apart, and maps too small to make runs.
/// </remarks>
sealed unsafe class ConvolutionGeometry
{
    // Shorter rows are pieced together from several runs for each register.
    const int ShortRow = 16;

    // Shorter runs of a whole map leave few panels of columns in one piece.
    const int ShortMap = 128;

    const int LeastImages = 16;

    // Exchanged, a convolution needs a padded copy and transposes its weights in every run: more than a rough price knows of, unless the weights come from afar either way.
    const double GainOfCopy = 1.1;
    const int NearWeights = 1 << 20;

    readonly IInputCopy? _copy;

    /// <param name="type">Element type: float32, float64, int32 or int64.</param>
    /// <param name="shape">Extents and settings. The arrays are read, not kept.</param>
    /// <param name="masksPadding">Whether masks may take the place of a padded copy.</param>
    /// <exception cref="ShapeException">The extents do not fit each other, a setting is out of range, or an offset would exceed 32 bits.</exception>
    public ConvolutionGeometry(DType type, ConvolutionShape shape, bool masksPadding = true)
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
        bool isPlanar = rank <= 4 && Array.IndexOf(OutputShape, 0) < 0 && Array.IndexOf(shape.Kernel, 0) < 0;
        bool keepsNeighbours = isPlanar && KeepsNeighbours(shape, strides, inputDilation, inputStrides);
        bool isInterleaved = isPlanar && GainsByInterleaving(shape, inputDilation);
        NeedsPaddedInput |= isInterleaved || (isPlanar && strides[^1] > 1);
        int outputs = shape.Kernel[0] / shape.Groups;
        int[] outputColumns = [OutputShape[0], .. OutputShape[2..]];
        int[] columnStrides = [outputStrides[0], .. outputStrides[2..]];
        long first = 0;
        long channel;
        int[] depth;
        int[] columns;
        TermsInside? inside = null;
        if (NeedsPaddedInput && keepsNeighbours && !isInterleaved && masksPadding)
        {
            depth = OffsetGrid.Of(shape.Kernel[1..], [inputStrides[1], .. Scaled(inputStrides[2..], kernelDilation)]);
            columns = OffsetGrid.Of(outputColumns, [inputStrides[0], .. inputStrides[2..]]);
            Nest = NestOf(-low.Select((zeros, s) => (long)zeros * inputStrides[s + 2]).Sum(), inputStrides[1], PaddedColumns.Of(shape, OutputShape, inputStrides));
            // Gradients of the input read the kernel across, which only the exchange packs.
            double gain = OffsetGrid.Count(shape.Kernel, "convolution kernel") <= NearWeights && PanelSource.ConstantStep(Nest.DepthA) == 1 ? GainOfCopy : 1;
            if (!ContractionPlan.PrefersTransposed(Nest, ContractionPlan.WidestRegisterBytes, gain))
            {
                NeedsPaddedInput = false;
                return;
            }
        }

        if (isInterleaved)
        {
            LaneAxis column = new(shape, OutputShape, rank - 1, inputStrides[^1], 0);
            LaneAxis row = rank == 3 ? new LaneAxis() : new(shape, OutputShape, 2, inputStrides[2], 0);
            _copy = new InterleavedInput(type.ItemSize, shape.Input, inputStrides, row, column);
            int images = shape.Input[0];
            channel = (long)row.Padded * column.Padded * images;
            PaddedLength = OffsetGrid.Fit(channel * shape.Input[1], "convolution padded input");
            int[] pixel = rank == 3 ? [images] : [OffsetGrid.Fit((long)column.Padded * images, "convolution padded input"), images];
            depth = OffsetGrid.Of(shape.Kernel[1..], [(int)channel, .. Scaled(pixel, kernelDilation)]);
            columns = OffsetGrid.Of([.. OutputShape[2..], images], [.. Scaled(pixel, strides), 1]);
            outputColumns = [.. OutputShape[2..], images];
            columnStrides = [.. outputStrides[2..], outputStrides[0]];
            inside = TermsInside.Of(images, shape.Input[1], row, column);
        }
        else if (NeedsPaddedInput && isPlanar)
        {
            PaddedPlane plane = PaddedPlane.Of(shape, OutputShape);
            _copy = new PlanarInput(type.ItemSize, shape.Input, inputStrides, plane);
            channel = plane.Length;
            PaddedLength = OffsetGrid.Fit(Math.Max(1, channel) * shape.Input[0] * shape.Input[1], "convolution padded input");
            int image = OffsetGrid.Fit(channel * shape.Input[1], "convolution padded input");
            depth = [.. Enumerable.Range(0, shape.Kernel[1]).SelectMany(c => plane.Windows.Select(window => (c * (int)channel) + window))];
            columns = OffsetGrid.Of(outputColumns, rank == 3 ? [image, 1] : [image, plane.Pitch, 1]);
        }
        else
        {
            int[] readStrides = NeedsPaddedInput ? OffsetGrid.RowMajor(PaddedShape, "convolution padded input") : inputStrides;
            PaddedLength = NeedsPaddedInput ? OffsetGrid.Count(PaddedShape, "convolution padded input") : 0;
            _copy = NeedsPaddedInput ? new PaddedInput(type.ItemSize, shape.Input, inputStrides, PaddedShape, low, inputDilation) : null;
            for (int s = 0; s < rank - 2 && !NeedsPaddedInput && PaddedShape[s + 2] > 0; s++)
            {
                first -= (long)low[s] * readStrides[s + 2];
            }

            channel = readStrides[1];
            depth = OffsetGrid.Of(shape.Kernel[1..], [readStrides[1], .. Scaled(readStrides[2..], kernelDilation)]);
            columns = OffsetGrid.Of(outputColumns, [readStrides[0], .. Scaled(readStrides[2..], strides)]);
        }

        Nest = NestOf(first, channel, null);

        ContractionNest NestOf(long start, long channelStep, PaddedColumns? padding) => new()
        {
            Type = type,
            BatchA = Groups(shape, 0, (long)outputs * kernelStrides[0]),
            BatchB = Groups(shape, start, shape.Kernel[1] * channelStep),
            BatchC = Groups(shape, 0, (long)outputs * outputStrides[1]),
            RowA = OffsetGrid.Of([outputs], [kernelStrides[0]]),
            DepthA = OffsetGrid.Of(shape.Kernel[1..], kernelStrides[1..]),
            DepthB = depth,
            ColumnB = columns,
            RowC = OffsetGrid.Of([outputs], [outputStrides[1]]),
            ColumnC = OffsetGrid.Of(outputColumns, columnStrides),
            Padding = padding,
            Inside = inside,
        };
    }

    /// <summary>[N, O, spatial…].</summary>
    public int[] OutputShape { get; }

    /// <summary>[N, C, spatial…] of the padded, dilated input as far as any output reads it, in whatever order the copy holds it.</summary>
    public int[] PaddedShape { get; }

    /// <summary>Whether the input must be copied by <see cref="Pad"/> before the contraction; otherwise the contraction reads the input itself.</summary>
    public bool NeedsPaddedInput { get; }

    /// <summary>Elements of the padded copy; 0 where none is needed.</summary>
    public int PaddedLength { get; }

    /// <summary>The contraction: A is the kernel, B the padded copy or else the input, C the output.</summary>
    public ContractionNest Nest { get; }

    /// <summary>Writes the padded, dilated copy of the input in the order in which the contraction reads it; padding is +0. Allocates nothing once it has run.</summary>
    /// <param name="pool">Who copies.</param>
    /// <param name="input">Base of the input.</param>
    /// <param name="padded">Receives <see cref="PaddedLength"/> elements.</param>
    /// <exception cref="InvalidOperationException">No copy is needed.</exception>
    public void Pad(WorkerPool pool, void* input, void* padded)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (_copy is null)
        {
            throw new InvalidOperationException("convolution: this input needs no padded copy. Give the input itself to the contraction.");
        }

        _copy.Write(pool, (byte*)input, (byte*)padded);
    }

    // Whether the outputs of an image are neighbours in the input: windows one apart, and as many to a row as the input has elements.
    bool KeepsNeighbours(ConvolutionShape shape, int[] strides, int[] inputDilation, int[] inputStrides) =>
        OffsetGrid.Count(shape.Kernel[2..], "convolution kernel") <= PaddedColumns.MostPositions && Array.TrueForAll(strides, stride => stride == 1)
        && Array.TrueForAll(inputDilation, dilation => dilation == 1) && Array.TrueForAll(inputStrides, stride => stride > 0)
        && inputStrides[^1] == 1 && (inputStrides.Length == 3 || inputStrides[2] == OutputShape[3]);

    // Small maps of many images, and weight gradients, whose images are channels: the images become the nearest axis, and with them the columns' runs are long.
    bool GainsByInterleaving(ConvolutionShape shape, int[] inputDilation)
    {
        int pixels = OffsetGrid.Count(OutputShape[2..], "convolution output");
        bool isOneRun = OffsetGrid.Count(shape.Kernel[2..], "convolution kernel") == 1;
        return shape.Groups == 1 && pixels > 1 && (isOneRun ? pixels < ShortMap : OutputShape[^1] < ShortRow) && shape.Input[0] >= LeastImages && shape.Kernel[0] >= LeastImages
            && !Array.Exists(inputDilation, dilation => dilation > 1);
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
