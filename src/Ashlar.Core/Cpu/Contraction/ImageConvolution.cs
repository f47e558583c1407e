namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution of many images, each of which one thread computes whole: what is packed or copied of it stays in that thread's cache.</summary>
/// <remarks>With windows more than one apart an image is copied as <see cref="WindowPlanes"/>, so that no run of outputs ends with a row. What an element of the result is made of does not depend on where its operands lie.</remarks>
sealed unsafe class ImageConvolution : IContraction
{
    // Fewer images would not balance threads.
    const int LeastImages = 16;

    // Wider windows would make too many copies; those of one column are copied as fast for all images at once.
    const int MostWindowColumns = 3;

    // Outputs that only fill up tiles, at most one of so many.
    const int UsefulForOneInVain = 14;

    // The tiles on fewer outputs would not repay the copies.
    const int LeastOutputs = 16;

    // Of longer rows most registers are read where they are. Padded maps gain nothing either: their copies take as long as interleaving.
    const int ShortRow = 16;

    // A larger copy would not stay near.
    const long MostCopiedBytes = 1 << 21;

    readonly ContractionPlan _plan;
    readonly WindowPlanes? _planes;
    readonly int _imageStride;
    readonly ContractionRun?[] _idleRuns = new ContractionRun?[8];
    Job? _idle;

    ImageConvolution(ContractionNest nest, ContractionPlan plan, WindowPlanes? planes, int imageStride)
    {
        (Nest, _plan, _planes, _imageStride) = (nest, plan, planes, imageStride);
    }

    /// <summary>The convolution as a nest whose batches are the images; B is one of them or its copy.</summary>
    public ContractionNest Nest { get; }

    /// <summary>The kernel, or null if the convolution is not of this form or gains nothing by it.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    public static ImageConvolution? Of(DType type, ConvolutionShape shape, int[] outputShape, int registerBytes)
    {
        if (shape.Input.Length != 4 || shape.Groups != 1 || shape.Input[0] < LeastImages || shape.Kernel[0] < LeastOutputs || shape.Kernel[3] is 1 or > MostWindowColumns
            || Array.IndexOf(outputShape, 0) >= 0 || Array.IndexOf(shape.Kernel, 0) >= 0 || Array.Exists(shape.InputDilation ?? [], dilation => dilation > 1))
        {
            return null;
        }

        int[] inputStrides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        int[] kernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        int[] outputStrides = shape.OutputStrides ?? OffsetGrid.RowMajor(outputShape, "convolution output");
        bool isStrided = Array.Exists(shape.Strides ?? [], stride => stride > 1);
        bool isInside = !isStrided && IsInside(shape, outputShape);
        if (inputStrides[3] != 1 || !(isStrided || (isInside && outputShape[3] < ShortRow)))
        {
            return null;
        }

        WindowPlanes? planes = isInside ? null : new WindowPlanes(shape, outputShape, inputStrides);
        int pixels = OffsetGrid.Count(outputShape[2..], "convolution output");
        int register = registerBytes / type.ItemSize;
        int filled = (pixels + register - 1) / register * register;
        if (planes?.Length * type.ItemSize > MostCopiedBytes || pixels < 2 * register || (filled - pixels) * UsefulForOneInVain > pixels)
        {
            return null;
        }

        int[] dilation = shape.KernelDilation ?? [1, 1];
        int[] depth = planes is null
            ? OffsetGrid.Of(shape.Kernel[1..], [inputStrides[1], inputStrides[2] * dilation[0], dilation[1]])
            : [.. Enumerable.Range(0, shape.Kernel[1]).SelectMany(channel => planes.Windows.Select(window => (channel * (int)planes.ChannelLength) + window))];
        int[] columns = planes is null ? OffsetGrid.Of(outputShape[2..], inputStrides[2..]) : OffsetGrid.Of([pixels], [1]);

        ContractionNest OfImages(int images, bool isPart) => new()
        {
            Type = type,
            BatchA = new int[images],
            BatchB = new int[images],
            BatchC = OffsetGrid.Of([images], [outputStrides[0]]),
            RowA = OffsetGrid.Of([shape.Kernel[0]], [kernelStrides[0]]),
            DepthA = OffsetGrid.Of(shape.Kernel[1..], kernelStrides[1..]),
            DepthB = depth,
            ColumnB = columns,
            RowC = OffsetGrid.Of([shape.Kernel[0]], [outputStrides[1]]),
            ColumnC = OffsetGrid.Of(outputShape[2..], outputStrides[2..]),
            IsPart = isPart,
            RepeatsColumns = isPart,
        };

        var plan = new ContractionPlan(OfImages(1, isPart: true), registerBytes);
        return plan.IsTransposed || plan.HoldsSums || !plan.ReadsRowsInPlace || !(plan.DepthSums == 1 || plan.FinishesColumns)
            ? null
            : new ImageConvolution(OfImages(shape.Input[0], isPart: false), plan, planes, inputStrides[0]);
    }

    /// <inheritdoc/>
    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.Begin(pool, a, b, c, epilogue);
        try
        {
            pool.Run(Nest.Batch, job);
        }
        finally
        {
            job.Begin(null, null, null, null, null);
            _idle = job;
        }
    }

    // Whether windows one apart stay inside the input.
    static bool IsInside(ConvolutionShape shape, int[] outputShape)
    {
        for (int s = 0; s < 2; s++)
        {
            int reach = outputShape[s + 2] + ((shape.Kernel[s + 2] - 1) * (shape.KernelDilation?[s] ?? 1));
            if ((shape.PaddingLow?[s] ?? 0) != 0 || reach - 1 > shape.Input[s + 2])
            {
                return false;
            }
        }

        return true;
    }

    void Copy(void* image, void* to)
    {
        if (Nest.Type.ItemSize == 4)
        {
            _planes!.Write((float*)image, (float*)to);
        }
        else
        {
            _planes!.Write((double*)image, (double*)to);
        }
    }

    ContractionRun TakeRun()
    {
        for (int i = 0; i < _idleRuns.Length; i++)
        {
            if (Interlocked.Exchange(ref _idleRuns[i], null) is { } run)
            {
                return run;
            }
        }

        return ContractionRun.Of(_plan);
    }

    void Return(ContractionRun run)
    {
        for (int i = 0; i < _idleRuns.Length && Interlocked.CompareExchange(ref _idleRuns[i], run, null) is not null; i++)
        {
        }
    }

    sealed class Job(ImageConvolution convolution) : IChunkWork
    {
        WorkerPool? _pool;
        IContractionEpilogue? _epilogue;
        byte* _a;
        byte* _b;
        byte* _c;

        public void Begin(WorkerPool? pool, void* a, void* b, void* c, IContractionEpilogue? epilogue)
        {
            _pool = pool;
            _a = (byte*)a;
            _b = (byte*)b;
            _c = (byte*)c;
            _epilogue = epilogue;
        }

        public void Execute(int chunk)
        {
            ContractionNest nest = convolution.Nest;
            int itemSize = nest.Type.ItemSize;
            byte* image = _b + ((nint)chunk * convolution._imageStride * itemSize);
            PackingMemory? memory = convolution._planes is { } planes ? PackingMemory.Take((planes.Length + TileShape.Slack) * itemSize) : null;
            ContractionRun run = convolution.TakeRun();
            try
            {
                if (memory is not null)
                {
                    convolution.Copy(image, memory.Data);
                    image = (byte*)memory.Data;
                }

                run.Execute(_pool!, _a, image, _c + ((nint)nest.BatchC[chunk] * itemSize), null);
                _epilogue?.Apply(chunk, 0, nest.M, 0, nest.N);
            }
            finally
            {
                convolution.Return(run);
                memory?.Return();
            }
        }
    }
}
