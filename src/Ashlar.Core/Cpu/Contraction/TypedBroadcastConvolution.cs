using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>The same for one register width.</summary>
sealed unsafe class TypedBroadcastConvolution<TVector, TLanes>(BroadcastPlan plan, bool isKept) : IContraction
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    const int NegativeZero = int.MinValue;

    readonly int[] _widths = plan.Tiles.Widths;
    Job? _idle;

    BroadcastPlan Plan => plan;

    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        PackingMemory? memory = isKept ? null : PackingMemory.Take(plan.Layout.Bytes);
        try
        {
            job.Begin((float*)a, memory is null ? (float*)a : (float*)memory.Data, (float*)b, (float*)c, epilogue);
            job.LeaveOut(memory is not null && job.HasFiniteWeights(pool));
            if (memory is not null)
            {
                pool.Run(plan.Layout.Columns.Count * plan.Layout.DepthChunks, job.Packing);
            }

            pool.Run(plan.Chunks, job);
        }
        finally
        {
            job.Begin(null, null, null, null, null);
            job.LeaveOut(false);
            memory?.Return();
            _idle = job;
        }
    }

    sealed class Job(TypedBroadcastConvolution<TVector, TLanes> convolution) : IChunkWork
    {
        readonly BroadcastPlan _plan = convolution.Plan;
        float* _kernel;
        float* _panels;
        float* _input;
        float* _output;
        IContractionEpilogue? _epilogue;
        WeightPacking? _packing;
        FiniteTest? _finiteTest;
        PanelTerms? _terms;

        public IChunkWork Packing => _packing ??= new WeightPacking(this);

        public void Begin(float* kernel, float* panels, float* input, float* output, IContractionEpilogue? epilogue)
        {
            _kernel = kernel;
            _panels = panels;
            _input = input;
            _output = output;
            _epilogue = epilogue;
        }

        /// <summary>Whether the kernel, where it stands, is finite and as dense as padding is worth being left out for.</summary>
        public bool HasFiniteWeights(WorkerPool pool)
        {
            if (_plan.Terms is null || _plan.Weights.End - _plan.Weights.Least > 2L * _plan.Nest.K * _plan.Layout.Columns.EndBefore(_plan.Layout.Columns.Count))
            {
                return false;
            }

            _finiteTest ??= new FiniteTest();
            return _finiteTest.Holds(pool, _kernel + _plan.Weights.Least, _plan.Weights.End - _plan.Weights.Least);
        }

        /// <summary>Says whether sums lack their terms of padding.</summary>
        public void LeaveOut(bool leavesOut) => _terms = leavesOut ? _plan.Terms : null;

        public void Pack(int chunk)
        {
            int panel = chunk % _plan.Layout.Columns.Count;
            int start = chunk / _plan.Layout.Columns.Count * TileShape.Depth;
            int depth = Math.Min(TileShape.Depth, _plan.Nest.K - start);
            PanelPacker<float, TVector, TLanes>.Pack(_plan.Weights, _kernel, 0, panel, start, depth, _panels + _plan.Layout.Before(panel, start));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            Block block = BlockOf(chunk);
            long copied = _plan.Input.Length;
            PackingMemory memory = PackingMemory.Take((copied + ((long)_plan.RowsInBlock * _plan.Columns * 2 * TLanes.Count)) * sizeof(float));
            try
            {
                var input = (float*)memory.Data;
                float* sums = input + copied;
                _plan.Input.Write<TVector, TLanes>(_input + block.Input, block.Row, block.Rows, input);
                Block next = BlockOf(Math.Min(chunk + 1, _plan.Chunks - 1));
                for (int p = 0; p < _plan.PanelsInGroup; p++)
                {
                    if (_plan.FetchesImages)
                    {
                        FetchNext(next, p);
                    }

                    ExecutePanel(block, p, input, sums);
                    Put(block, p, sums);
                }
            }
            finally
            {
                memory.Return();
            }
        }

        // A part of what the next chunk copies.
        void FetchNext(Block next, int panel)
        {
            int channels = _plan.Channels;
            int first = panel * channels / _plan.PanelsInGroup;
            _plan.Input.Fetch(_input + next.Input, next.Row, next.Rows, first, (panel + 1) * channels / _plan.PanelsInGroup);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void ExecutePanel(Block block, int panelInGroup, float* input, float* sums)
        {
            int panel = (block.Group * _plan.PanelsInGroup) + panelInGroup;
            int width = _plan.Layout.Columns.Widths[panel];
            int outputs = _plan.Layout.Columns.Extents[panel];
            int columnStep = _plan.Input.ColumnStep;
            int depthEnd = _plan.Nest.K;
            int[] widths = convolution._widths;
            int tiles = block.Rows * widths.Length;
            nint outputStep = _plan.OutputStep;
            for (int start = 0; start < depthEnd; start += TileShape.Depth)
            {
                int depth = Math.Min(TileShape.Depth, depthEnd - start);
                bool isLast = start + depth == depthEnd;
                float* weights = _panels + _plan.Layout.Before(panel, start);
                int next = isLast ? Math.Min(panel + 1, _plan.Layout.Columns.Count - 1) : panel;
                int nextStart = isLast ? 0 : start + depth;
                int nextDepth = Math.Min(TileShape.Depth, depthEnd - nextStart);
                LinesAhead ahead = new(_plan.FetchesWeights ? _panels + _plan.Layout.Before(next, nextStart) : null, (nint)width * nextDepth * sizeof(float), tiles);
                float* to = sums;
                for (int row = 0; row < block.Rows; row++)
                {
                    float* x = input + ((nint)row * _plan.Input.RowStep);
                    bool leavesOut = _terms is not null && _terms.LeavesOut(block.Row + row);
                    int* places = leavesOut ? _terms!.Depths(block.Row + row, start) : _plan.Places.Data + start;
                    int* terms = leavesOut ? _terms!.Places(block.Row + row, start) : null;
                    int count = leavesOut ? _terms!.Count(block.Row + row, start) : depth;
                    float* output = _output + block.Output + ((nint)panelInGroup * 2 * TLanes.Count * outputStep) + ((nint)row * _plan.Columns);
                    for (int tile = 0; tile < widths.Length; tile++)
                    {
                        int pixels = widths[tile];
                        ahead.Fetch();
                        if (isLast && _plan.FetchesImages)
                        {
                            FetchOutputs(output, outputStep, outputs);
                        }

                        BroadcastTile<TVector, TLanes>.Run(pixels, width / TLanes.Count, columnStep, x, places, terms, count, weights, to, start > 0);
                        x += pixels * columnStep;
                        to += pixels * width;
                        output += pixels;
                    }
                }
            }

            int rowLength = _plan.Columns * width;
            for (int row = 0; row < block.Rows && _terms is not null; row++)
            {
                float* to = sums + ((nint)row * rowLength);
                if (_terms.LeavesOut(block.Row + row) && new ReadOnlySpan<int>(to, rowLength).Contains(NegativeZero))
                {
                    SumWholeRow(panel, input + ((nint)row * _plan.Input.RowStep), to);
                }
            }
        }

        // A row with all terms, padding or not.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void SumWholeRow(int panel, float* input, float* sums)
        {
            int width = _plan.Layout.Columns.Widths[panel];
            int columnStep = _plan.Input.ColumnStep;
            for (int start = 0; start < _plan.Nest.K; start += TileShape.Depth)
            {
                float* x = input;
                float* to = sums;
                foreach (int pixels in convolution._widths)
                {
                    BroadcastTile<TVector, TLanes>.Run(pixels, width / TLanes.Count, columnStep, x, _plan.Places.Data + start, null, Math.Min(TileShape.Depth, _plan.Nest.K - start), _panels + _plan.Layout.Before(panel, start), to, start > 0);
                    x += pixels * columnStep;
                    to += pixels * width;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void FetchOutputs(float* output, nint step, int count)
        {
            for (int i = 0; i < count && Sse.IsSupported; i++)
            {
                Sse.Prefetch1(output);
                output += step;
            }
        }

        // The sums of a block become rows of each output.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Put(Block block, int panelInGroup, float* sums)
        {
            int panel = (block.Group * _plan.PanelsInGroup) + panelInGroup;
            int width = _plan.Layout.Columns.Widths[panel];
            int outputs = _plan.Layout.Columns.Extents[panel];
            float* to = _output + block.Output + ((nint)panelInGroup * 2 * TLanes.Count * _plan.OutputStep);
            PutRun(sums, block.Rows * _plan.Columns, width, outputs, to);
            _epilogue?.Apply(block.Group, panelInGroup * 2 * TLanes.Count, outputs, (block.Image * _plan.Rows * _plan.Columns) + (block.Row * _plan.Columns), block.Rows * _plan.Columns);
        }

        // Strips of pixels become neighbours of each output; the last strip reaches back.
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void PutRun(float* sums, int pixels, int width, int outputs, float* to)
        {
            int side = TLanes.Count == BlockTranspose512.Side && BlockTranspose512.IsSupported && pixels >= BlockTranspose512.Side ? BlockTranspose512.Side : BlockTranspose.Side<float>();
            int* places = stackalloc int[BlockTranspose512.Side];
            for (int i = 0; i < side; i++)
            {
                places[i] = i * width;
            }

            for (int i = 0; i < pixels; i += side)
            {
                int at = Math.Min(i, pixels - side);
                if (side == BlockTranspose512.Side)
                {
                    BlockTranspose512.Run(sums + ((nint)at * width), places, outputs, to + at, _plan.OutputStep, 1);
                }
                else
                {
                    BlockTranspose.Run(sums + ((nint)at * width), places, outputs, to + at, _plan.OutputStep);
                }
            }
        }

        Block BlockOf(int chunk)
        {
            int row = chunk % _plan.RowBlocks * _plan.RowsInBlock;
            int group = chunk / _plan.RowBlocks % _plan.Groups;
            int image = chunk / (_plan.RowBlocks * _plan.Groups);
            return new Block
            {
                Image = image,
                Group = group,
                Row = row,
                Rows = Math.Min(_plan.RowsInBlock, _plan.Rows - row),
                Input = ((nint)image * _plan.ImageStride) + ((nint)group * _plan.GroupStride),
                Output = _plan.Nest.BatchC[group] + (nint)_plan.Nest.ColumnC[((image * _plan.Rows) + row) * _plan.Columns],
            };
        }
    }

    // Rows of the outputs of one group in one image, and where its input and output begin.
    readonly struct Block
    {
        public int Image { get; init; }

        public int Group { get; init; }

        public int Row { get; init; }

        public int Rows { get; init; }

        public nint Input { get; init; }

        public nint Output { get; init; }
    }

    sealed class WeightPacking(Job job) : IChunkWork
    {
        public void Execute(int chunk) => job.Pack(chunk);
    }
}
