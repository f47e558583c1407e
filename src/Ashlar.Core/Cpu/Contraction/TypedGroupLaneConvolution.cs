using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>The convolution along groups of one element type on one register width.</summary>
sealed unsafe class TypedGroupLaneConvolution<T, TVector, TLanes> : GroupLaneConvolution
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    // Sums made side by side: independent chains enough to hide the latency of a multiply-add, and registers enough with AVX2.
    const int SumsAtOnce = 9;

    const int LineBytes = 64;

    readonly int _pixels;
    readonly int _sets;
    readonly OffsetTable _pixelOffsets;
    Job? _idle;

    public TypedGroupLaneConvolution(ConvolutionShape shape, int[] outputShape)
        : base(shape, outputShape)
    {
        _pixels = Rows.Output * Columns.Output;
        _sets = (_pixels + SumsAtOnce - 1) / SumsAtOnce;
        var offsets = new int[_sets * SumsAtOnce];
        for (int i = 0; i < offsets.Length; i++)
        {
            int pixel = Math.Min(i, _pixels - 1);
            offsets[i] = ((pixel / Columns.Output * Rows.Stride * Columns.Padded) + (pixel % Columns.Output * Columns.Stride)) * TLanes.Count;
        }

        _pixelOffsets = new OffsetTable(offsets);
    }

    int Blocks => (Groups + TLanes.Count - 1) / TLanes.Count;

    public override void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.Begin((T*)a, (T*)b, (T*)c);
        try
        {
            pool.Run(Blocks, job);
        }
        finally
        {
            job.Begin(null, null, null);
            _idle = job;
        }

        for (int group = 0; group < Groups && epilogue is not null; group++)
        {
            epilogue.Apply(group, 0, 1, 0, _pixels);
        }
    }

    // [rows, columns] of some groups to [rows, columns, lanes].
    static void Interleave(T* source, nint groupStride, nint rowStride, nint columnStride, int rows, int columns, T* target, nint pitch)
    {
        if (rowStride == columns && pitch == columns)
        {
            (rows, columns) = (1, rows * columns);
        }

        for (int row = 0; row < rows; row++)
        {
            Interleaver.Run(source + (row * rowStride), groupStride, columnStride, columns, target + (row * pitch * TLanes.Count), TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Accumulate(T* x, nint step, T* w, nint count, int* offsets, T* sums)
    {
        T* x0 = x + offsets[0], x1 = x + offsets[1], x2 = x + offsets[2], x3 = x + offsets[3], x4 = x + offsets[4];
        T* x5 = x + offsets[5], x6 = x + offsets[6], x7 = x + offsets[7], x8 = x + offsets[8];
        TVector s0 = TLanes.Load(sums), s1 = TLanes.Load(sums + TLanes.Count), s2 = TLanes.Load(sums + (2 * TLanes.Count));
        TVector s3 = TLanes.Load(sums + (3 * TLanes.Count)), s4 = TLanes.Load(sums + (4 * TLanes.Count)), s5 = TLanes.Load(sums + (5 * TLanes.Count));
        TVector s6 = TLanes.Load(sums + (6 * TLanes.Count)), s7 = TLanes.Load(sums + (7 * TLanes.Count)), s8 = TLanes.Load(sums + (8 * TLanes.Count));
        nint at = 0;
        for (nint k = 0; k < count; k++)
        {
            TVector y = TLanes.Load(w);
            s0 = TLanes.MultiplyAdd(TLanes.Load(x0 + at), y, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(x1 + at), y, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(x2 + at), y, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(x3 + at), y, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(x4 + at), y, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(x5 + at), y, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(x6 + at), y, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(x7 + at), y, s7);
            s8 = TLanes.MultiplyAdd(TLanes.Load(x8 + at), y, s8);
            w += TLanes.Count;
            at += step;
        }

        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + TLanes.Count);
        TLanes.Store(s2, sums + (2 * TLanes.Count));
        TLanes.Store(s3, sums + (3 * TLanes.Count));
        TLanes.Store(s4, sums + (4 * TLanes.Count));
        TLanes.Store(s5, sums + (5 * TLanes.Count));
        TLanes.Store(s6, sums + (6 * TLanes.Count));
        TLanes.Store(s7, sums + (7 * TLanes.Count));
        TLanes.Store(s8, sums + (8 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void EndChunk(T* sums, T* totals, bool isFirst)
    {
        for (int i = 0; i < _sets * SumsAtOnce * TLanes.Count; i += TLanes.Count)
        {
            TVector sum = TLanes.Load(sums + i);
            TLanes.Store(isFirst ? sum : TLanes.Add(TLanes.Load(totals + i), sum), totals + i);
            TLanes.Store(default, sums + i);
        }
    }

    sealed class Job(TypedGroupLaneConvolution<T, TVector, TLanes> plan) : IChunkWork
    {
        T* _kernel;
        T* _input;
        T* _output;

        public void Begin(T* kernel, T* input, T* output)
        {
            _kernel = kernel;
            _input = input;
            _output = output;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            // The last block reaches back: what it computes twice is the same.
            int group = Math.Min(chunk * TLanes.Count, plan.Groups - TLanes.Count);
            long inputLength = (long)plan.Rows.Padded * plan.Columns.Padded * TLanes.Count;
            long kernelLength = (long)plan.Rows.Kernel * plan.Columns.Kernel * TLanes.Count;
            int sumsLength = plan._sets * SumsAtOnce * TLanes.Count;
            PackingMemory memory = PackingMemory.Take((inputLength + kernelLength + (2 * sumsLength)) * sizeof(T));
            try
            {
                T* input = (T*)memory.Data;
                T* kernel = input + inputLength;
                T* sums = kernel + kernelLength;
                T* totals = sums + sumsLength;
                NativeMemory.Clear(input, (nuint)(inputLength * sizeof(T)));
                NativeMemory.Clear(sums, (nuint)(sumsLength * sizeof(T)));
                int done = 0;
                for (int image = 0; image < plan.Images; image++)
                {
                    Load(group, image, input, kernel);
                    done = SumImage(input, kernel, sums, totals, done, group, image + 1);
                }

                if (done % TileShape.Depth != 0)
                {
                    plan.EndChunk(sums, totals, done < TileShape.Depth);
                }

                for (int lane = 0; lane < TLanes.Count; lane++)
                {
                    for (int pixel = 0; pixel < plan._pixels; pixel++)
                    {
                        _output[((nint)(group + lane) * plan._pixels) + pixel] = totals[(pixel * TLanes.Count) + lane];
                    }
                }
            }
            finally
            {
                memory.Return();
            }
        }

        void Load(int group, int image, T* input, T* kernel)
        {
            LaneAxis rows = plan.Rows;
            LaneAxis columns = plan.Columns;
            nint groupStride = plan.GroupStride;
            T* from = _input + (group * groupStride) + ((nint)image * plan.InputStride) + ((nint)rows.Source * rows.InputStride) + ((nint)columns.Source * columns.InputStride);
            T* to = input + ((((nint)rows.Target * columns.Padded) + columns.Target) * TLanes.Count);
            Interleave(from, groupStride, rows.InputStride, columns.InputStride, rows.Count, columns.Count, to, columns.Padded);
            T* weights = _kernel + ((nint)group * plan.KernelGroupStride) + ((nint)image * plan.KernelImageStride);
            Interleave(weights, plan.KernelGroupStride, rows.KernelStride, columns.KernelStride, rows.Kernel, columns.Kernel, kernel, columns.Kernel);
        }

        // A row of each plane of the next image, to the second-level cache: so many short streams are more than hardware follows.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Fetch(int group, int image, int row)
        {
            nint groupStride = plan.GroupStride;
            T* x = _input + (group * groupStride) + ((nint)image * plan.InputStride) + ((nint)Math.Min(row, plan.Rows.Count) * plan.Rows.InputStride);
            T* w = _kernel + ((nint)group * plan.KernelGroupStride) + ((nint)image * plan.KernelImageStride) + ((nint)row * plan.Rows.KernelStride);
            for (int lane = 0; lane < TLanes.Count && Sse.IsSupported; lane++)
            {
                for (int at = 0; at < plan.Columns.Kernel; at += LineBytes / sizeof(T))
                {
                    Sse.Prefetch1(x + at);
                    Sse.Prefetch1(w + at);
                }

                x += groupStride;
                w += plan.KernelGroupStride;
            }
        }

        // k runs over the rows and columns of the kernel, and a sum ends with every 256th of it, whichever image or row that is in.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        int SumImage(T* input, T* kernel, T* sums, T* totals, int done, int group, int next)
        {
            LaneAxis columns = plan.Columns;
            nint step = (nint)columns.KernelDilation * TLanes.Count;
            for (int row = 0; row < plan.Rows.Kernel; row++)
            {
                if (next < plan.Images)
                {
                    Fetch(group, next, row);
                }

                T* x = input + ((nint)row * plan.Rows.KernelDilation * columns.Padded * TLanes.Count);
                for (int column = 0; column < columns.Kernel;)
                {
                    int count = Math.Min(columns.Kernel - column, TileShape.Depth - (done % TileShape.Depth));
                    for (int set = 0; set < plan._sets; set++)
                    {
                        Accumulate(x + (column * step), step, kernel, count, plan._pixelOffsets.Data + (set * SumsAtOnce), sums + (set * SumsAtOnce * TLanes.Count));
                    }

                    kernel += count * TLanes.Count;
                    column += count;
                    done += count;
                    if (done % TileShape.Depth == 0)
                    {
                        plan.EndChunk(sums, totals, done == TileShape.Depth);
                    }
                }
            }

            return done;
        }
    }
}
