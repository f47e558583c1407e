using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>The same for one register width.</summary>
sealed unsafe class TypedKeptContraction<TVector, TLanes>(KeptPlan plan) : IContraction
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    // Shorter chunks of k are over before what is fetched would come.
    const int LeastDepthToFetch = 64;

    readonly long _fullLength = plan.Rows.PackedLength(0, plan.Rows.Count, TileShape.Depth);
    Job? _idle;

    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        PackingMemory pixels = PackingMemory.Take(plan.Layout.DepthChunks * _fullLength * sizeof(float));
        try
        {
            job.Begin((float*)a, (float*)b, (float*)c, (float*)pixels.Data, epilogue);
            pool.Run(plan.Layout.DepthChunks, job.Packing);
            pool.Run(plan.Chunks, job);
        }
        finally
        {
            job.Begin(null, null, null, null, null);
            pixels.Return();
            _idle = job;
        }
    }

    sealed class Job(TypedKeptContraction<TVector, TLanes> kernel) : IChunkWork
    {
        readonly KeptPlan _plan = kernel.Plan;
        float* _panels;
        float* _input;
        float* _output;
        float* _pixels;
        IContractionEpilogue? _epilogue;
        PixelPacking? _packing;

        public IChunkWork Packing => _packing ??= new PixelPacking(this);

        public void Begin(float* panels, float* input, float* output, float* pixels, IContractionEpilogue? epilogue)
        {
            _panels = panels;
            _input = input;
            _output = output;
            _pixels = pixels;
            _epilogue = epilogue;
        }

        // All of k for some pixels and some outputs: the pixels of a chunk of k stay in the second-level cache while the panels pass.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            int firstPanel = chunk % _plan.ColumnBlocks * _plan.PanelsInChunk;
            int endPanel = Math.Min(firstPanel + _plan.PanelsInChunk, _plan.Layout.Columns.Count);
            int firstRow = _plan.FirstRowPanel(chunk / _plan.ColumnBlocks);
            int endRow = _plan.FirstRowPanel((chunk / _plan.ColumnBlocks) + 1);
            long rows = _plan.Rows.WidthsBefore[endRow] - _plan.Rows.WidthsBefore[firstRow];
            PackingMemory memory = PackingMemory.Take(rows * _plan.Width * sizeof(float));
            try
            {
                var sums = (float*)memory.Data;
                for (int start = 0; start < _plan.Nest.K; start += TileShape.Depth)
                {
                    for (int p = firstPanel; p < endPanel; p++)
                    {
                        (int next, int nextStart) = p + 1 < endPanel ? (p + 1, start) : (firstPanel, start + TileShape.Depth);
                        float* ahead = nextStart < _plan.Nest.K ? _panels + _plan.Layout.Before(next, nextStart) : null;
                        ExecutePanel(start, p, firstRow, endRow, sums + ((p - firstPanel) * _plan.Layout.Columns.Widths[0]), ahead);
                    }
                }

                Put(sums, firstPanel, endPanel, firstRow, endRow);
            }
            finally
            {
                memory.Return();
            }
        }

        public void Pack(int chunk)
        {
            int start = chunk * TileShape.Depth;
            int depth = Math.Min(TileShape.Depth, _plan.Nest.K - start);
            for (int p = 0; p < _plan.Rows.Count; p++)
            {
                PanelPacker<float, TVector, TLanes>.Pack(_plan.Pixels, _input, _plan.Nest.BatchB[0], p, start, depth, PixelsAt(p, start, depth));
            }
        }

        float* PixelsAt(int panel, int start, int depth) => _pixels + (start / TileShape.Depth * kernel._fullLength) + _plan.Rows.PackedLength(0, panel, depth);

        // The tiles after the first fetch the next panel, a part each.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void ExecutePanel(int start, int panel, int firstRow, int endRow, float* sums, float* next)
        {
            int depth = Math.Min(TileShape.Depth, _plan.Nest.K - start);
            int width = _plan.Layout.Columns.Widths[panel];
            float* b = _panels + _plan.Layout.Before(panel, start);
            int parts = next == null || depth < LeastDepthToFetch || endRow - firstRow < 2 || width < 2 * TLanes.Count ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)(endRow - firstRow)) / 2;
            var ahead = new PanelAhead<float> { Column = next, Mask = parts - 1 };
            float* rows = PixelsAt(firstRow, start, depth);
            int before = _plan.Rows.WidthsBefore[firstRow];
            for (int r = firstRow; r < endRow; r++)
            {
                int height = _plan.Rows.Widths[r];
                int part = r - firstRow - 1;
                bool fetches = part >= 0 && part < parts;
                if (fetches)
                {
                    ahead.Depths = _plan.DepthPlaces.Data + (part * (depth / parts));
                }

                TileKernel<float, TVector, TLanes>.Run(
                    height, width / TLanes.Count, rows, 1, height, b, width, sums, _plan.RowPlaces.Data + (_plan.Rows.WidthsBefore[r] - before), depth, start > 0, null, fetches ? &ahead : null);
                rows += _plan.Rows.PackedLength(r, r + 1, depth);
            }
        }

        // Strips of eight pixels become eight neighbours of each output; the last strip reaches back.
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Put(float* sums, int firstPanel, int endPanel, int firstRow, int endRow)
        {
            int side = BlockTranspose.Side<float>();
            int* places = stackalloc int[side];
            for (int i = 0; i < side; i++)
            {
                places[i] = i * _plan.Width;
            }

            int output = _plan.Layout.Columns.Starts[firstPanel];
            int outputs = _plan.Layout.Columns.EndBefore(endPanel) - output;
            int pixel = _plan.Rows.Starts[firstRow];
            int pixels = _plan.Rows.EndBefore(endRow) - pixel;
            float* to = _output + _plan.Nest.BatchC[0] + _plan.Nest.RowC[output] + _plan.Nest.ColumnC[pixel];
            for (int i = 0; i < pixels && pixels < side; i++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    to[i + ((nint)o * _plan.OutputStep)] = sums[((nint)i * _plan.Width) + o];
                }
            }

            for (int i = 0; i < pixels && pixels >= side; i += side)
            {
                int at = Math.Min(i, pixels - side);
                BlockTranspose.Run(sums + ((nint)at * _plan.Width), places, outputs, to + at, _plan.OutputStep);
            }

            _epilogue?.Apply(0, output, outputs, pixel, pixels);
        }
    }

    KeptPlan Plan => plan;

    sealed class PixelPacking(Job job) : IChunkWork
    {
        public void Execute(int chunk) => job.Pack(chunk);
    }
}
