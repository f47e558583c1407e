using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution of 3 × 3 windows one apart by tiles of 4 × 4 results: a quarter of the multiplications, other roundings.</summary>
/// <remarks>
/// <para>Channels lie along the registers. Input tiles of 6 × 6, and kernels, are transformed to 36 numbers each; 36 products of matrices over the channels follow, and their transformation back.
/// Tiles are taken in blocks of whole rows of tiles, so that what lies between the steps stays near.</para>
/// <para>Against sums in float64 the error is up to 2 · 10⁻⁵ of the largest result, where the exact convolution has about 10⁻⁶. Threads do not change a bit.</para>
/// <para>Source: Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", F(4 × 4, 3 × 3).</para>
/// </remarks>
sealed unsafe class WinogradConvolution : IContraction
{
    // Below these the transformations cost more than the products save.
    const int LeastChannels = 32;
    const int LeastTiles = 12;

    // Elements between the steps, and tiles that pay for reading the transformed kernels once more.
    const int BlockElements = 1 << 20;
    const int LeastBlockTiles = 128;
    const int LineElements = 16;

    readonly int _images;
    readonly int _channels;
    readonly int _outputs;
    readonly LaneAxis _rows;
    readonly LaneAxis _columns;
    readonly int[] _kernelStrides;
    readonly InterleavedInput _copy;
    readonly int _tileRowsInBlock;
    readonly ContractionKernel _block;
    readonly ContractionKernel _lastBlock;

    WinogradConvolution(ConvolutionShape shape, int[] outputShape)
    {
        (_images, _channels, _outputs) = (shape.Input[0], shape.Input[1], shape.Kernel[0]);
        int[] strides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        _kernelStrides = shape.KernelStrides ?? OffsetGrid.RowMajor(shape.Kernel, "convolution kernel");
        _rows = new LaneAxis(shape, outputShape, 2, strides[2], 0, WinogradTile.Output);
        _columns = new LaneAxis(shape, outputShape, 3, strides[3], 0, WinogradTile.Output);
        _copy = new InterleavedInput(sizeof(float), [_channels, _images], [strides[1], strides[0]], _rows, _columns);
        int fitting = BlockElements / (WinogradTile.Numbers * (_channels + _outputs));
        int tileRows = Math.Max(1, Math.Max(LeastBlockTiles, fitting) / TileColumns);
        int blocks = (AllTileRows + tileRows - 1) / tileRows;
        _tileRowsInBlock = (AllTileRows + blocks - 1) / blocks;
        _block = new ContractionKernel(Products(_tileRowsInBlock * TileColumns));
        int rest = AllTileRows % _tileRowsInBlock;
        _lastBlock = rest == 0 ? _block : new ContractionKernel(Products(rest * TileColumns));
    }

    int TileRows => _rows.Padded / WinogradTile.Output;

    int TileColumns => _columns.Padded / WinogradTile.Output;

    int AllTileRows => _images * TileRows;

    long InputLength => (long)_images * _rows.Padded * _columns.Padded * _channels;

    /// <summary>The kernel, or null if the convolution is not of this form or too small to gain. The output is row-major.</summary>
    public static WinogradConvolution? Of(DType type, ConvolutionShape shape, int[] outputShape)
    {
        if (type != DType.Float32 || shape.Input.Length != 4 || shape.Groups != 1 || shape.OutputStrides is not null || shape.Kernel[2] != 3 || shape.Kernel[3] != 3
            || shape.Input[1] < LeastChannels || shape.Kernel[0] < LeastChannels || Array.IndexOf(outputShape, 0) >= 0
            || !AreOnes(shape.Strides) || !AreOnes(shape.InputDilation) || !AreOnes(shape.KernelDilation))
        {
            return null;
        }

        var made = new WinogradConvolution(shape, outputShape);
        return made.AllTileRows * made.TileColumns < LeastTiles ? null : made;
    }

    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Diagnostics.FastLaunch();
        int blockTiles = _tileRowsInBlock * TileColumns;
        long kernelLength = (long)WinogradTile.Numbers * Step(_channels * _outputs);
        long tilesLength = (long)WinogradTile.Numbers * Step(blockTiles * _channels);
        long productsLength = (long)WinogradTile.Numbers * Step(blockTiles * _outputs);
        PackingMemory memory = PackingMemory.Take((InputLength + kernelLength + tilesLength + productsLength) * sizeof(float));
        try
        {
            var job = new Job(this)
            {
                Kernel = (float*)a,
                Output = (float*)c,
                Input = (float*)memory.Data,
                Epilogue = epilogue,
            };
            job.Kernels = job.Input + InputLength;
            job.Tiles = job.Kernels + kernelLength;
            job.Products = job.Tiles + tilesLength;
            _copy.Write(pool, (byte*)b, (byte*)job.Input);
            job.Run(pool, Stage.Kernels, _channels);
            for (int row = 0; row < AllTileRows; row += _tileRowsInBlock)
            {
                int rows = Math.Min(_tileRowsInBlock, AllTileRows - row);
                job.FirstTileRow = row;
                job.BlockTiles = rows * TileColumns;
                job.Run(pool, Stage.Tiles, rows);
                (rows == _tileRowsInBlock ? _block : _lastBlock).Run(pool, job.Tiles, job.Kernels, job.Products);
                job.Run(pool, Stage.Results, rows);
            }

            if (epilogue is not null)
            {
                job.Run(pool, Stage.Epilogue, _outputs);
            }
        }
        finally
        {
            memory.Return();
        }
    }

    // [number, tile, channel] · [number, channel, output] = [number, tile, output].
    ContractionNest Products(int tiles) => new()
    {
        Type = DType.Float32,
        BatchA = OffsetGrid.Of([WinogradTile.Numbers], [Step(tiles * _channels)]),
        BatchB = OffsetGrid.Of([WinogradTile.Numbers], [Step(_channels * _outputs)]),
        BatchC = OffsetGrid.Of([WinogradTile.Numbers], [Step(tiles * _outputs)]),
        RowA = OffsetGrid.Of([tiles], [_channels]),
        DepthA = OffsetGrid.Of([_channels], [1]),
        DepthB = OffsetGrid.Of([_channels], [_outputs]),
        ColumnB = OffsetGrid.Of([_outputs], [1]),
        RowC = OffsetGrid.Of([tiles], [_outputs]),
        ColumnC = OffsetGrid.Of([_outputs], [1]),
    };

    // From one of the 36 to the next: never a multiple of a page, lest all of them compete for one cache set.
    static int Step(int elements)
    {
        int lines = (elements + LineElements - 1) / LineElements;
        return (lines | 1) * LineElements;
    }

    static bool AreOnes(int[]? values) => !Array.Exists(values ?? [], value => value != 1);

    enum Stage
    {
        Kernels,
        Tiles,
        Results,
        Epilogue,
    }

    sealed class Job(WinogradConvolution plan) : IChunkWork
    {
        Stage _stage;

        public float* Kernel { get; init; }

        public float* Output { get; init; }

        /// <summary>[images, padded rows, padded columns, channels].</summary>
        public float* Input { get; init; }

        public IContractionEpilogue? Epilogue { get; init; }

        /// <summary>[36, channels, outputs].</summary>
        public float* Kernels { get; set; }

        /// <summary>[36, tiles of the block, channels].</summary>
        public float* Tiles { get; set; }

        /// <summary>[36, tiles of the block, outputs].</summary>
        public float* Products { get; set; }

        public int FirstTileRow { get; set; }

        public int BlockTiles { get; set; }

        public void Run(WorkerPool pool, Stage stage, int chunks)
        {
            _stage = stage;
            pool.Run(chunks, this);
        }

        public void Execute(int chunk)
        {
            switch (_stage)
            {
                case Stage.Kernels:
                    TransformKernels(chunk);
                    break;
                case Stage.Tiles:
                    TransformTiles(chunk);
                    break;
                case Stage.Results:
                    TransformResults(chunk);
                    break;
                default:
                    Epilogue!.Apply(0, chunk, 1, 0, plan._images * plan._rows.Output * plan._columns.Output);
                    break;
            }
        }

        // All kernels of one input channel; the last register reaches back.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void TransformKernels(int channel)
        {
            int[] strides = plan._kernelStrides;
            float* source = Kernel + ((nint)channel * strides[1]);
            float* target = Kernels + ((nint)channel * plan._outputs);
            nint step = Step(plan._channels * plan._outputs);
            for (int output = 0; output < plan._outputs; output += WinogradTile.Lanes)
            {
                int at = Math.Min(output, plan._outputs - WinogradTile.Lanes);
                WinogradTile.TransformKernels(source + ((nint)at * strides[0]), strides[0], strides[2], strides[3], target + at, step);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void TransformTiles(int tileRow)
        {
            nint pitch = (nint)plan._columns.Padded * plan._channels;
            int row = FirstTileRow + tileRow;
            float* source = Input + ((((nint)(row / plan.TileRows) * plan._rows.Padded) + (row % plan.TileRows * WinogradTile.Output)) * pitch);
            float* target = Tiles + ((nint)tileRow * plan.TileColumns * plan._channels);
            for (int column = 0; column < plan.TileColumns; column++)
            {
                for (int channel = 0; channel < plan._channels; channel += WinogradTile.Lanes)
                {
                    int at = Math.Min(channel, plan._channels - WinogradTile.Lanes);
                    WinogradTile.TransformInput(source + at, pitch, plan._channels, target + at, Step(BlockTiles * plan._channels));
                }

                source += WinogradTile.Output * plan._channels;
                target += plan._channels;
            }
        }

        // One row of tiles: [rows, columns, lanes] is made first, then each row is turned into the rows of the lanes' outputs.
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void TransformResults(int tileRow)
        {
            int row = FirstTileRow + tileRow;
            int firstRow = row % plan.TileRows * WinogradTile.Output;
            int height = Math.Min(WinogradTile.Output, plan._rows.Output - firstRow);
            int width = plan._columns.Output;
            nint pitch = (nint)plan.TileColumns * WinogradTile.Output * WinogradTile.Lanes;
            nint plane = (nint)plan._rows.Output * width;
            float* target = Output + ((nint)(row / plan.TileRows) * plan._outputs * plane) + ((nint)firstRow * width);
            PackingMemory memory = PackingMemory.Take(WinogradTile.Output * pitch * sizeof(float));
            float* rows = (float*)memory.Data;
            for (int output = 0; output < plan._outputs; output += WinogradTile.Lanes)
            {
                int at = Math.Min(output, plan._outputs - WinogradTile.Lanes);
                for (int column = 0; column < plan.TileColumns; column++)
                {
                    float* source = Products + ((((nint)tileRow * plan.TileColumns) + column) * plan._outputs) + at;
                    WinogradTile.TransformResult(source, Step(BlockTiles * plan._outputs), rows + (column * WinogradTile.Output * WinogradTile.Lanes), pitch);
                }

                for (int i = 0; i < height; i++)
                {
                    WinogradTile.Separate(rows + (i * pitch), width, target + (at * plane) + ((nint)i * width), plane);
                }
            }

            memory.Return();
        }
    }
}
