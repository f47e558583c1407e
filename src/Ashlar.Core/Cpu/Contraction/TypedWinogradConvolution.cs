using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Cpu.Library;

namespace Ashlar.Cpu.Contraction;

/// <summary>The convolution by tiles on one register width.</summary>
/// <typeparam name="TLane">The register, as the transformations use it.</typeparam>
/// <typeparam name="TVector">The register, as the products use it.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
sealed unsafe class TypedWinogradConvolution<TLane, TVector, TLanes> : WinogradConvolution
    where TLane : unmanaged, ILane<TLane, float>
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    // Channels whose kernels are brought beside each other at a time.
    const int KernelChannels = 16;

    readonly Panels _tiles;
    readonly Panels _lastTiles;
    readonly OffsetTable _productRows;

    public TypedWinogradConvolution(ConvolutionShape shape, int[] outputShape, int tallest)
        : base(shape, outputShape, TLane.Count)
    {
        int rest = AllTileRows % TileRowsInChunk;
        _tiles = Panels.OfRows(TileRowsInChunk * TileColumns, tallest);
        _lastTiles = rest == 0 ? _tiles : Panels.OfRows(rest * TileColumns, tallest);
        _productRows = new OffsetTable([.. Enumerable.Range(0, TileShape.Tallest).Select(row => row * ProductPitch)]);
    }

    enum Stage
    {
        Kernels,
        Tiles,
        TilesToResults,
        OutputsToResults,
    }

    int Pixels => Rows.Output * Columns.Output;

    int ChannelBlocks => (Channels + TLane.Count - 1) / TLane.Count;

    int OutputBlocks => (WholeOutputs + OutputsInChunk - 1) / OutputsInChunk;

    // Rows and columns of a segment with padding, and its results.
    long InputLength => ((long)SegmentRows + Side - Tile) * Columns.Padded * TLane.Count;

    long ResultLength => ((long)SegmentRows * Columns.Output * TLane.Count) + (Tile * Tile * TLane.Count);

    int SegmentRows => SegmentFrom(0, AllTileRows) * Tile;

    public override void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Diagnostics.FastLaunch();
        long shared = (long)Numbers * (SplitsOutputs ? TileStep : KernelStep);
        PackingMemory memory = PackingMemory.Take(shared * sizeof(float));
        try
        {
            var job = new Job(this) { Kernel = (float*)a, Input = (float*)b, Output = (float*)c, Shared = (float*)memory.Data, Epilogue = epilogue };
            if (SplitsOutputs)
            {
                job.Run(pool, Stage.Tiles, AllTileRows * ChannelBlocks);
                job.Run(pool, Stage.OutputsToResults, OutputBlocks);
            }
            else
            {
                job.Run(pool, Stage.Kernels, WholeOutputs / TLane.Count);
                job.Run(pool, Stage.TilesToResults, (AllTileRows + TileRowsInChunk - 1) / TileRowsInChunk);
            }
        }
        finally
        {
            memory.Return();
        }
    }

    // The kernels of a register of outputs, over some channels.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TransformKernels(float* kernel, int output, int first, int count, float* target)
    {
        float* near = stackalloc float[KernelChannels * Window * Window * TLane.Count];
        int* lanes = stackalloc int[TLane.Count];
        for (int lane = 0; lane < TLane.Count; lane++)
        {
            lanes[lane] = Math.Min(output + lane, Outputs - 1) * KernelStrides[0];
        }

        bool isDense = KernelStrides[3] == 1 && KernelStrides[2] == Window && KernelStrides[1] == Window * Window;
        for (int channel = 0; channel < count; channel += KernelChannels)
        {
            int channels = Math.Min(KernelChannels, count - channel);
            float* source = kernel + ((nint)(first + channel) * KernelStrides[1]);
            if (isDense)
            {
                WinogradTile<TLane>.Join(source, lanes, 1, channels * Window * Window, near, TLane.Count);
            }
            else
            {
                Gather(source, lanes, channels, near);
            }

            for (int i = 0; i < channels; i++)
            {
                WinogradTile<TLane>.TransformKernels(near + (i * Window * Window * TLane.Count), target + ((nint)(channel + i) * Panel), KernelStep);
            }
        }
    }

    void Gather(float* source, int* lanes, int channels, float* near)
    {
        for (int i = 0; i < channels * Window * Window; i++)
        {
            int channel = i / (Window * Window);
            nint at = ((nint)channel * KernelStrides[1]) + (i / Window % Window * KernelStrides[2]) + (i % Window * KernelStrides[3]);
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                near[(i * TLane.Count) + lane] = source[lanes[lane] + at];
            }
        }
    }

    // [36, tile, channel] · [36, channel, output] over some channels, set or added to [36, tile, output]. Tiles beyond the last one are computed and thrown away.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Multiply(float* tiles, Panels rows, float* kernels, int channels, float* products, bool add)
    {
        for (int number = 0; number < Numbers; number++)
        {
            for (int output = 0; output < OutputsInChunk; output += Panel)
            {
                float* panel = kernels + ((nint)output * ChannelsAtOnce);
                int registers = Math.Min(Panel, OutputsInChunk - output) / TLane.Count;
                for (int channel = 0; channel < channels; channel += TileShape.Depth)
                {
                    int depth = Math.Min(TileShape.Depth, channels - channel);
                    for (int p = 0; p < rows.Count; p++)
                    {
                        nint row = rows.Starts[p];
                        TileKernel<float, TVector, TLanes>.Run(
                            rows.Widths[p], registers, tiles + (row * TilePitch) + channel, TilePitch, 1, panel + ((nint)channel * Panel), Panel,
                            products + (row * ProductPitch) + output, _productRows.Data, depth, add || channel > 0, null);
                    }
                }
            }

            tiles += TileStep;
            kernels += KernelStep;
            products += ProductStep;
        }
    }

    // A segment of one image and a register of its channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TransformTiles(float* input, int tileRow, int tileRows, int channel, float* near, float* target)
    {
        int first = tileRow % TileRows * Tile;
        int rows = (tileRows * Tile) + Side - Tile;
        nint pitch = (nint)Columns.Padded * TLane.Count;
        float* source = input + ((nint)(tileRow / TileRows) * ImageStride) + ((nint)channel * ChannelStride) + ((nint)Columns.Source * Columns.InputStride);
        nint before = (nint)Columns.Target * TLane.Count;
        nint after = (nint)(Columns.Padded - Columns.Target - Columns.Count) * TLane.Count;
        for (int row = 0; row < rows; row++)
        {
            float* to = near + (row * pitch);
            int from = first + row - Rows.Target;
            if ((uint)from >= (uint)Rows.Count)
            {
                NativeMemory.Clear(to, (nuint)(pitch * sizeof(float)));
                continue;
            }

            NativeMemory.Clear(to, (nuint)(before * sizeof(float)));
            NativeMemory.Clear(to + pitch - after, (nuint)(after * sizeof(float)));
            WinogradTile<TLane>.Join(source + ((nint)(from + Rows.Source) * Rows.InputStride), ChannelStride, Columns.InputStride, Columns.Count, to + before, TLane.Count);
        }

        for (int row = 0; row < tileRows; row++)
        {
            for (int column = 0; column < TileColumns; column++)
            {
                WinogradTile<TLane>.TransformInput(near + (row * Tile * pitch) + (column * Tile * TLane.Count), pitch, target, TileStep);
                target += TilePitch;
            }
        }
    }

    // A segment of one image and a register of its outputs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TransformResults(float* products, int tileRow, int tileRows, int lanes, float* near, float* output)
    {
        int width = Columns.Output;
        int first = tileRow % TileRows * Tile;
        int height = Math.Min(tileRows * Tile, Rows.Output - first);
        nint pitch = (nint)width * TLane.Count;
        float* spare = near + (height * pitch);
        for (int row = 0; row < height; row += Tile)
        {
            for (int column = 0; column < width; column += Tile)
            {
                float* to = near + (row * pitch) + (column * TLane.Count);
                int tall = Math.Min(Tile, height - row);
                int wide = Math.Min(Tile, width - column);
                if (tall == Tile && wide == Tile)
                {
                    WinogradTile<TLane>.TransformResult(products, ProductStep, to, pitch);
                }
                else
                {
                    WinogradTile<TLane>.TransformResult(products, ProductStep, spare, Tile * TLane.Count);
                    for (int i = 0; i < tall; i++)
                    {
                        long bytes = (long)wide * TLane.Count * sizeof(float);
                        Buffer.MemoryCopy(spare + (i * Tile * TLane.Count), to + (i * pitch), bytes, bytes);
                    }
                }

                products += ProductPitch;
            }
        }

        WinogradTile<TLane>.Separate(near, height * width, lanes, output + ((nint)(tileRow / TileRows) * Outputs * Pixels) + ((nint)first * width), Pixels);
    }

    sealed class Job(TypedWinogradConvolution<TLane, TVector, TLanes> plan) : IChunkWork
    {
        Stage _stage;

        public float* Kernel { get; init; }

        public float* Input { get; init; }

        public float* Output { get; init; }

        /// <summary>The transformed tiles [36, tile, channel], or the transformed kernels [36, panel, channel, output].</summary>
        public float* Shared { get; init; }

        public IContractionEpilogue? Epilogue { get; init; }

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
                    int output = chunk * TLane.Count;
                    plan.TransformKernels(Kernel, output, 0, plan.Channels, Shared + ((nint)(output / plan.Panel) * plan.Panel * plan.Channels) + (output % plan.Panel));
                    break;
                case Stage.Tiles:
                    int tileRow = chunk / plan.ChannelBlocks;
                    Tiles(tileRow, tileRow + 1, chunk % plan.ChannelBlocks, Shared + ((nint)tileRow * plan.TileColumns * plan.TilePitch));
                    break;
                case Stage.TilesToResults:
                    TilesToResults(chunk * plan.TileRowsInChunk);
                    break;
                default:
                    OutputsToResults(chunk * plan.OutputsInChunk);
                    break;
            }
        }

        void Tiles(int tileRow, int end, int block, float* target)
        {
            PackingMemory memory = PackingMemory.Take(plan.InputLength * sizeof(float));
            int channel = Math.Min(block * TLane.Count, plan.Channels - TLane.Count);
            while (tileRow < end)
            {
                int rows = plan.SegmentFrom(tileRow, end);
                plan.TransformTiles(Input, tileRow, rows, channel, (float*)memory.Data, target + channel);
                target += (nint)rows * plan.TileColumns * plan.TilePitch;
                tileRow += rows;
            }

            memory.Return();
        }

        void TilesToResults(int tileRow)
        {
            int end = Math.Min(tileRow + plan.TileRowsInChunk, plan.AllTileRows);
            PackingMemory memory = PackingMemory.Take(Numbers * ((long)plan.TileStep + plan.ProductStep) * sizeof(float));
            float* tiles = (float*)memory.Data;
            float* products = tiles + ((nint)Numbers * plan.TileStep);
            for (int block = 0; block < plan.ChannelBlocks; block++)
            {
                Tiles(tileRow, end, block, tiles);
            }

            plan.Multiply(tiles, end - tileRow == plan.TileRowsInChunk ? plan._tiles : plan._lastTiles, Shared, plan.Channels, products, add: false);
            Results(products, tileRow, end, 0, plan.Outputs);
            memory.Return();
        }

        void OutputsToResults(int first)
        {
            int count = Math.Min(plan.OutputsInChunk, plan.Outputs - first);
            PackingMemory memory = PackingMemory.Take(Numbers * ((long)plan.KernelStep + plan.ProductStep) * sizeof(float));
            float* kernels = (float*)memory.Data;
            float* products = kernels + ((nint)Numbers * plan.KernelStep);
            for (int channel = 0; channel < plan.Channels; channel += plan.ChannelsAtOnce)
            {
                int channels = Math.Min(plan.ChannelsAtOnce, plan.Channels - channel);
                for (int output = 0; output < plan.OutputsInChunk; output += TLane.Count)
                {
                    plan.TransformKernels(Kernel, first + output, channel, channels, kernels + output);
                }

                plan.Multiply(Shared + channel, plan._tiles, kernels, channels, products, add: channel > 0);
            }

            Results(products, 0, plan.AllTileRows, first, count);
            memory.Return();
        }

        void Results(float* products, int tileRow, int end, int first, int count)
        {
            PackingMemory memory = PackingMemory.Take(plan.ResultLength * sizeof(float));
            for (int start = tileRow; start < end;)
            {
                int rows = plan.SegmentFrom(start, end);
                for (int output = 0; output < count; output += TLane.Count)
                {
                    int lanes = Math.Min(TLane.Count, count - output);
                    plan.TransformResults(products + output, start, rows, lanes, (float*)memory.Data, Output + ((nint)(first + output) * plan.Pixels));
                }

                int row = start % plan.TileRows * Tile;
                int height = Math.Min(rows * Tile, plan.Rows.Output - row);
                int width = plan.Columns.Output;
                Epilogue?.Apply(0, first, count, (start / plan.TileRows * plan.Pixels) + (row * width), height * width);
                products += (nint)rows * plan.TileColumns * plan.ProductPitch;
                start += rows;
            }

            memory.Return();
        }
    }
}
