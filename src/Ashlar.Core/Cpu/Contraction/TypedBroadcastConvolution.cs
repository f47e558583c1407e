using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>The same for one register width.</summary>
sealed unsafe class TypedBroadcastConvolution<TVector, TLanes>(BroadcastPlan plan, bool isKept) : IContraction
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    const int NegativeZero = int.MinValue;

    // Channels that are copied at a time where chunks share the images.
    const int ChannelsAtOnce = 16;

    Job? _idle;

    BroadcastPlan Plan => plan;

    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        PackingMemory? panels = isKept ? null : PackingMemory.Take(plan.Layout.Bytes);
        PackingMemory? images = null;
        try
        {
            job.Begin((float*)a, panels is null ? (float*)a : (float*)panels.Data, (float*)b, (float*)c, epilogue);
            job.Choose(isKept ? plan.Layout.IsFinite((float*)a) : job.HasFiniteWeights(pool));
            images = job.CopiesImages && plan.SharesImages ? PackingMemory.Take(plan.Images * plan.Input.Length * sizeof(float)) : null;
            job.Share(images is null ? null : (float*)images.Data);
            int preparing = PackingChunks + (images is null ? 0 : plan.Images * ChannelChunks);
            if (preparing > 0)
            {
                pool.Run(preparing, job.Preparing);
            }

            pool.Run(plan.Chunks, job);
        }
        finally
        {
            job.Begin(null, null, null, null, null);
            job.Share(null);
            images?.Return();
            panels?.Return();
            _idle = job;
        }
    }

    int PackingChunks => isKept ? 0 : plan.Layout.Columns.Count * plan.Layout.DepthChunks;

    int ChannelChunks => (plan.Channels + ChannelsAtOnce - 1) / ChannelsAtOnce;

    sealed class Job(TypedBroadcastConvolution<TVector, TLanes> convolution) : IChunkWork
    {
        readonly BroadcastPlan _plan = convolution.Plan;
        float* _kernel;
        float* _panels;
        float* _input;
        float* _images;
        float* _output;
        IContractionEpilogue? _epilogue;
        Preparation? _preparing;
        FiniteTest? _finiteTest;
        PixelSource _source = convolution.Plan.Copied;
        PanelTerms? _terms;

        public IChunkWork Preparing => _preparing ??= new Preparation(this);

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
            if ((_plan.InPlace?.Terms ?? _plan.Copied.Terms) is null || _plan.Weights.End - _plan.Weights.Least > 2L * _plan.Nest.K * _plan.Layout.Columns.EndBefore(_plan.Layout.Columns.Count))
            {
                return false;
            }

            _finiteTest ??= new FiniteTest();
            return _finiteTest.Holds(pool, _kernel + _plan.Weights.Least, _plan.Weights.End - _plan.Weights.Least);
        }

        /// <summary>Whether pixels are read from a copy.</summary>
        public bool CopiesImages => _source == _plan.Copied;

        /// <summary>Chooses where pixels are read, and whether sums lack their terms of padding.</summary>
        /// <param name="isFinite">Whether they may.</param>
        public void Choose(bool isFinite)
        {
            _source = _plan.InPlace is { } inPlace && (isFinite || inPlace.Terms is null) ? inPlace : _plan.Copied;
            _terms = isFinite ? _source.Terms : null;
        }

        /// <summary>Says where the copy is that chunks share, or null if they do not.</summary>
        public void Share(float* images) => _images = images;

        /// <summary>Lays out a part of the weights, or copies a part of an image that chunks share.</summary>
        public void Prepare(int chunk)
        {
            if (chunk < convolution.PackingChunks)
            {
                Pack(chunk % _plan.Layout.Columns.Count, chunk / _plan.Layout.Columns.Count * TileShape.Depth);
            }
            else
            {
                int part = chunk - convolution.PackingChunks;
                int image = part / convolution.ChannelChunks;
                int channel = part % convolution.ChannelChunks * ChannelsAtOnce;
                _plan.Input.Write<TVector, TLanes>(
                    _input + ((nint)image * _plan.ImageStride), 0, _plan.Rows, _images + (image * (nint)_plan.Input.Length), channel, Math.Min(channel + ChannelsAtOnce, _plan.Channels));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            Block block = BlockOf(chunk);
            bool copies = CopiesImages && _images == null;
            long copied = copies ? _plan.Input.Length : 0;
            PackingMemory memory = PackingMemory.Take((copied + ((long)_plan.RowsInBlock * _plan.Columns * 2 * TLanes.Count)) * sizeof(float));
            try
            {
                var input = (float*)memory.Data;
                float* sums = input + copied;
                if (copies)
                {
                    _plan.Input.Write<TVector, TLanes>(_input + block.Input, block.Row, block.Rows, input, 0, _plan.Channels);
                }
                else
                {
                    input = CopiesImages ? _images + (block.Image * (nint)_plan.Input.Length) : _input + block.Input + _source.Start;
                    input += (nint)block.Row * _source.RowStep;
                }

                Block next = BlockOf(Math.Min(chunk + 1, _plan.Chunks - 1));
                int tiles = _plan.PanelsInChunk * Math.Max(1, _plan.Layout.DepthChunks - 1) * _source.Tiles[block.RowBlock].Length;
                BlockAhead images = _plan.FetchesImages ? _plan.Input.Ahead(_input + next.Input, next.Row, next.Rows, _plan.Channels, tiles) : default;
                for (int p = block.FirstPanel; p < block.FirstPanel + _plan.PanelsInChunk; p++)
                {
                    ExecutePanel(block, p, input, sums, ref images);
                    Put(block, p, sums);
                }
            }
            finally
            {
                memory.Return();
            }
        }

        void Pack(int panel, int start) => PanelPacker<float, TVector, TLanes>.Pack(
            _plan.Weights, _kernel, 0, panel, start, Math.Min(TileShape.Depth, _plan.Nest.K - start), _panels + _plan.Layout.Before(panel, start));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void ExecutePanel(in Block block, int panelInGroup, float* input, float* sums, ref BlockAhead images)
        {
            int panel = (block.Group * _plan.PanelsInGroup) + panelInGroup;
            int width = _plan.Layout.Columns.Widths[panel];
            int outputs = _plan.Layout.Columns.Extents[panel];
            int depthEnd = _plan.Nest.K;
            PixelTile[] tiles = _source.Tiles[block.RowBlock];
            nint outputStep = _plan.OutputStep;
            bool fetchesImagesLast = _plan.FetchesImages && _plan.Layout.DepthChunks == 1 && !_plan.FetchesWeights;
            float* output = _output + block.Output + ((nint)panelInGroup * 2 * TLanes.Count * outputStep);
            for (int start = 0; start < depthEnd; start += TileShape.Depth)
            {
                int depth = Math.Min(TileShape.Depth, depthEnd - start);
                bool isLast = start + depth == depthEnd;
                float* weights = _panels + _plan.Layout.Before(panel, start);
                int next = isLast ? Math.Min(panel + 1, _plan.Layout.Columns.Count - 1) : panel;
                int nextStart = isLast ? 0 : start + depth;
                int nextDepth = Math.Min(TileShape.Depth, depthEnd - nextStart);
                TileAhead ahead = _plan.FetchesWeights
                    ? TileAhead.Of(_panels + _plan.Layout.Before(next, nextStart), (nint)width * nextDepth * sizeof(float), tiles.Length, depth)
                    : TileAhead.Of(weights, 0, tiles.Length, depth);
                foreach (ref readonly PixelTile tile in tiles.AsSpan())
                {
                    if (isLast && _plan.FetchesOutputs)
                    {
                        ahead.First = (byte*)(output + tile.Sums);
                        ahead.FirstStep = outputStep * sizeof(float);
                        ahead.FirstCount = tile.Form == PixelTileForm.Row ? outputs : 0;
                    }
                    else
                    {
                        ahead.First = images.Next(out ahead.FirstCount);
                        ahead.FirstStep = BlockAhead.LineBytes;
                    }

                    if (fetchesImagesLast)
                    {
                        byte* piece = images.Next(out nint lines);
                        ahead.Rest = lines > 0 ? piece : (byte*)weights;
                        ahead.RestStep = lines * BlockAhead.LineBytes / depth;
                    }

                    RunTile(_source, tile, weights, width, start, depth, _terms is not null && _terms.LeavesOut(tile.Position), input, sums, in ahead);
                    ahead.Rest += ahead.RestStep * depth;
                }
            }

            if (_terms is not null && HasNegativeZero(tiles, width, sums))
            {
                SumWhole(block, panel, input, sums);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void RunTile(PixelSource source, in PixelTile tile, float* weights, int width, int start, int depth, bool leavesOut, float* input, float* sums, in TileAhead ahead)
        {
            int* places = leavesOut ? _terms!.Depths(tile.Position, start) : source.Places.Data + start;
            int* terms = leavesOut ? _terms!.Places(tile.Position, start) : tile.Form == PixelTileForm.Column ? BroadcastPlan.AllTerms.Data : null;
            int count = leavesOut ? _terms!.Count(tile.Position, start) : depth;
            float* sumsOf = sums + ((nint)tile.Sums * width);
            BroadcastTile<TVector, TLanes>.Run(
                tile.Pixels, width / TLanes.Count, tile.Form, tile.Form == PixelTileForm.Row ? source.ColumnStep : source.RowStep, input + tile.Place, places, terms, count,
                weights, sumsOf, (nint)_plan.Columns * width, start > 0 ? sumsOf : (float*)BroadcastPlan.NoSums.Data, in ahead);
        }

        // Of tiles that leave terms out: a part of a row, or of a column.
        bool HasNegativeZero(PixelTile[] tiles, int width, float* sums)
        {
            bool found = false;
            foreach (ref readonly PixelTile tile in tiles.AsSpan())
            {
                float* pixel = sums + ((nint)tile.Sums * width);
                if (!_terms!.LeavesOut(tile.Position))
                {
                    continue;
                }

                if (tile.Form == PixelTileForm.Row)
                {
                    found |= new ReadOnlySpan<int>(pixel, tile.Pixels * width).Contains(NegativeZero);
                    continue;
                }

                for (int i = 0; i < tile.Pixels; i++)
                {
                    found |= new ReadOnlySpan<int>(pixel + ((nint)i * _plan.Columns * width), width).Contains(NegativeZero);
                }
            }

            return found;
        }

        // All terms, padding or not, which only a copy has.
        void SumWhole(in Block block, int panel, float* input, float* sums)
        {
            PackingMemory? memory = CopiesImages ? null : PackingMemory.Take(_plan.Input.Length * sizeof(float));
            try
            {
                if (memory is not null)
                {
                    input = (float*)memory.Data;
                    _plan.Input.Write<TVector, TLanes>(_input + block.Input, block.Row, block.Rows, input, 0, _plan.Channels);
                }

                var ahead = TileAhead.Of(input, 0, 1, 1);
                for (int start = 0; start < _plan.Nest.K; start += TileShape.Depth)
                {
                    foreach (ref readonly PixelTile tile in _plan.Copied.Tiles[block.RowBlock].AsSpan())
                    {
                        RunTile(
                            _plan.Copied, tile, _panels + _plan.Layout.Before(panel, start), _plan.Layout.Columns.Widths[panel], start, Math.Min(TileShape.Depth, _plan.Nest.K - start),
                            leavesOut: false, input, sums, in ahead);
                    }
                }
            }
            finally
            {
                memory?.Return();
            }
        }

        // The sums of a block become rows of each output.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Put(in Block block, int panelInGroup, float* sums)
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
            int rows = chunk % _plan.RowBlocks;
            int row = rows * _plan.RowsInBlock;
            chunk /= _plan.RowBlocks;
            int parts = _plan.PanelsInGroup / _plan.PanelsInChunk;
            int group = chunk / parts % _plan.Groups;
            int image = chunk / (parts * _plan.Groups);
            return new Block
            {
                FirstPanel = chunk % parts * _plan.PanelsInChunk,
                RowBlock = rows,
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
        public int FirstPanel { get; init; }

        public int RowBlock { get; init; }

        public int Image { get; init; }

        public int Group { get; init; }

        public int Row { get; init; }

        public int Rows { get; init; }

        public nint Input { get; init; }

        public nint Output { get; init; }
    }

    sealed class Preparation(Job job) : IChunkWork
    {
        public void Execute(int chunk) => job.Prepare(chunk);
    }
}
