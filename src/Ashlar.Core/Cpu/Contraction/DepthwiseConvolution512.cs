using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>A depthwise convolution of 3 × 3 windows one or two apart: each row of the input is read once, and is added to the two or three rows of the output that it belongs to.</summary>
/// <remarks>
/// Nothing is copied: what is outside is masked, columns two apart are separated in registers. Columns are cut into strips of two registers, and a strip runs down the plane
/// with the unfinished rows of the output in registers. The chain of each sum is that of the window, row by row: the first row of it that comes is the first of the window.
/// </remarks>
sealed unsafe class DepthwiseConvolution512 : DirectConvolution
{
    const int Window = 3;
    const int Lanes = 16;

    // Elements that a strip may read of a row: two registers of columns two apart, and the neighbour of the last.
    const int MostRead = 5 * Lanes;

    readonly int _height;
    readonly int _width;
    readonly int _rowStride;
    readonly int _lowRow;
    readonly int _lowColumn;
    readonly int _stride;
    readonly int _strips;
    Job? _idle;

    public DepthwiseConvolution512(ConvolutionShape shape, int[] outputShape)
        : base(shape, outputShape, Lanes)
    {
        (_height, _width) = (shape.Input[2], shape.Input[3]);
        _rowStride = shape.InputStrides?[2] ?? _width;
        (_lowRow, _lowColumn) = (shape.PaddingLow?[0] ?? 0, shape.PaddingLow?[1] ?? 0);
        _stride = shape.Strides?[0] ?? 1;
        _strips = (Plane.Columns + (2 * Lanes) - 1) / (2 * Lanes);
    }

    /// <summary>Whether the convolution, one of few outputs for each group, is of this form.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="registerBytes">Width of the registers.</param>
    public static bool Fits(DType type, ConvolutionShape shape, int registerBytes) =>
        Avx512F.IsSupported && type == DType.Float32 && registerBytes == Vector512<byte>.Count && shape.Input.Length == 4
        && shape.Kernel[1] == 1 && shape.Kernel[2] == Window && shape.Kernel[3] == Window && shape.InputStrides?[3] is null or 1
        && AreAll(shape.KernelDilation, 1) && AreAll(shape.InputDilation, 1) && (AreAll(shape.Strides, 1) || AreAll(shape.Strides, 2));

    public override void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.Begin((float*)a, (float*)b, (float*)c, epilogue);
        try
        {
            pool.Run(Chunks, job);
        }
        finally
        {
            job.Begin(null, null, null, null);
            _idle = job;
        }
    }

    static bool AreAll(int[]? numbers, int value) => numbers is null ? value == 1 : Array.TrueForAll(numbers, number => number == value);

    // One output plane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sum(float* plane, float* weights, float* output, ref LinesAhead inputAhead, ref LinesAhead outputAhead)
    {
        for (int column = 0; column < Plane.Columns; column += 2 * Lanes)
        {
            bool isNarrow = column + Lanes >= Plane.Columns;
            if (_stride == 1 && isNarrow)
            {
                SumNeighbours<One>(plane, weights, output, column, ref inputAhead, ref outputAhead);
            }
            else if (_stride == 1)
            {
                SumNeighbours<Two>(plane, weights, output, column, ref inputAhead, ref outputAhead);
            }
            else if (isNarrow)
            {
                SumSeconds<One>(plane, weights, output, column, ref inputAhead, ref outputAhead);
            }
            else
            {
                SumSeconds<Two>(plane, weights, output, column, ref inputAhead, ref outputAhead);
            }
        }
    }

    // Windows one apart: a row of the input ends one row of the output, continues the next and begins the one behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumNeighbours<TRegisters>(float* plane, float* weights, float* output, int column, ref LinesAhead inputAhead, ref LinesAhead outputAhead)
        where TRegisters : struct, ITileExtent
    {
        float* zeros = stackalloc float[MostRead];
        int first = column - _lowColumn;
        Vector512<float> inside0 = Inside(first), inside1 = Inside(first + 1), inside2 = Inside(first + 2);
        Vector512<float> inside3 = Inside(first + Lanes), inside4 = Inside(first + Lanes + 1), inside5 = Inside(first + Lanes + 2);
        Vector512<float> stored = First(Plane.Columns - column - ((TRegisters.Count - 1) * Lanes));
        Vector512<float> w0 = Vector512.Create(weights[0]), w1 = Vector512.Create(weights[1]), w2 = Vector512.Create(weights[2]);
        Vector512<float> w3 = Vector512.Create(weights[3]), w4 = Vector512.Create(weights[4]), w5 = Vector512.Create(weights[5]);
        Vector512<float> w6 = Vector512.Create(weights[6]), w7 = Vector512.Create(weights[7]), w8 = Vector512.Create(weights[8]);
        Vector512<float> begun0 = default, begun1 = default, continued0 = default, continued1 = default;
        output += column;
        plane += first;
        for (int row = 1 - Window; row < Plane.Rows; row++)
        {
            float* x = Row(plane, row + Window - 1 - _lowRow, zeros);
            Vector512<float> x0 = Load(x, inside0), x1 = Load(x + 1, inside1), x2 = Load(x + 2, inside2);
            Vector512<float> ended0 = Add(w6, x0, w7, x1, w8, x2, continued0);
            continued0 = Add(w3, x0, w4, x1, w5, x2, begun0);
            begun0 = Add(w0, x0, w1, x1, w2, x2, default);
            Vector512<float> ended1 = default;
            if (TRegisters.Count == 2)
            {
                Vector512<float> y0 = Load(x + Lanes, inside3), y1 = Load(x + Lanes + 1, inside4), y2 = Load(x + Lanes + 2, inside5);
                ended1 = Add(w6, y0, w7, y1, w8, y2, continued1);
                continued1 = Add(w3, y0, w4, y1, w5, y2, begun1);
                begun1 = Add(w0, y0, w1, y1, w2, y2, default);
            }

            if (row >= 0)
            {
                inputAhead.Fetch();
                outputAhead.Fetch();
                Put<TRegisters>(output, ended0, ended1, stored);
                output += Plane.Columns;
            }
        }
    }

    // Windows two apart: every second row of the input ends one row of the output and begins the next, the others are in the middle of one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumSeconds<TRegisters>(float* plane, float* weights, float* output, int column, ref LinesAhead inputAhead, ref LinesAhead outputAhead)
        where TRegisters : struct, ITileExtent
    {
        float* zeros = stackalloc float[MostRead];
        int first = (2 * column) - _lowColumn;
        Vector512<float> inside0 = Inside(first), inside1 = Inside(first + Lanes), inside2 = Inside(first + (2 * Lanes));
        Vector512<float> inside3 = Inside(first + (3 * Lanes)), inside4 = Inside(first + (4 * Lanes));
        Vector512<float> stored = First(Plane.Columns - column - ((TRegisters.Count - 1) * Lanes));
        Vector512<float> w0 = Vector512.Create(weights[0]), w1 = Vector512.Create(weights[1]), w2 = Vector512.Create(weights[2]);
        Vector512<float> w3 = Vector512.Create(weights[3]), w4 = Vector512.Create(weights[4]), w5 = Vector512.Create(weights[5]);
        Vector512<float> w6 = Vector512.Create(weights[6]), w7 = Vector512.Create(weights[7]), w8 = Vector512.Create(weights[8]);
        Vector512<float> begun0 = default, begun1 = default;
        Vector512<int> evens = Vector512<int>.Indices << 1;
        Vector512<int> odds = evens | Vector512<int>.One;
        output += column;
        plane += first;
        for (int row = -1; row < Plane.Rows; row++)
        {
            float* x = Row(plane, (2 * row) + 1 - _lowRow, zeros);
            for (int i = 1; i < Window; i++)
            {
                Vector512<float> u0 = Load(x, inside0), u1 = Load(x + Lanes, inside1), u2 = Load(x + (2 * Lanes), inside2);
                Vector512<float> x0 = Avx512F.PermuteVar16x32x2(u0, evens, u1);
                Vector512<float> x1 = Avx512F.PermuteVar16x32x2(u0, odds, u1);
                Vector512<float> y0 = default, y1 = default, y2 = default;
                Vector512<float> next = u2;
                if (TRegisters.Count == 2)
                {
                    Vector512<float> u3 = Load(x + (3 * Lanes), inside3);
                    y0 = Avx512F.PermuteVar16x32x2(u2, evens, u3);
                    y1 = Avx512F.PermuteVar16x32x2(u2, odds, u3);
                    y2 = Shift(Load(x + (4 * Lanes), inside4), y0);
                    next = y0;
                }

                Vector512<float> x2 = Shift(next, x0);
                if (i == 1)
                {
                    begun0 = Add(w3, x0, w4, x1, w5, x2, begun0);
                    begun1 = TRegisters.Count == 2 ? Add(w3, y0, w4, y1, w5, y2, begun1) : default;
                    x = Row(plane, (2 * row) + 2 - _lowRow, zeros);
                    continue;
                }

                if (row >= 0)
                {
                    inputAhead.Fetch();
                    outputAhead.Fetch();
                    Put<TRegisters>(output, Add(w6, x0, w7, x1, w8, x2, begun0), TRegisters.Count == 2 ? Add(w6, y0, w7, y1, w8, y2, begun1) : default, stored);
                    output += Plane.Columns;
                }

                begun0 = Add(w0, x0, w1, x1, w2, x2, default);
                begun1 = TRegisters.Count == 2 ? Add(w0, y0, w1, y1, w2, y2, default) : default;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    float* Row(float* plane, int row, float* zeros) => (uint)row < (uint)_height ? plane + ((nint)row * _rowStride) : zeros;

    // The lanes that are columns of the input where the first lane is one of its columns or before them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector512<float> Inside(int column)
    {
        Vector512<int> columns = Vector512<int>.Indices + Vector512.Create(column);
        return Vector512.LessThan(columns.AsUInt32(), Vector512.Create((uint)_width)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> First(int lanes) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Load(float* source, Vector512<float> inside) => Avx512F.MaskLoad(source, inside, Vector512<float>.Zero);

    // One lane on: the first of the next register follows the last of this one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Shift(Vector512<float> next, Vector512<float> x) => Avx512F.AlignRight32(next.AsInt32(), x.AsInt32(), 1).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Add(
        Vector512<float> w0, Vector512<float> x0, Vector512<float> w1, Vector512<float> x1, Vector512<float> w2, Vector512<float> x2, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(w2, x2, Vector512.FusedMultiplyAdd(w1, x1, Vector512.FusedMultiplyAdd(w0, x0, sum)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<TRegisters>(float* output, Vector512<float> x, Vector512<float> y, Vector512<float> stored)
        where TRegisters : struct, ITileExtent
    {
        if (TRegisters.Count == 2)
        {
            Vector512.Store(x, output);
            Avx512F.MaskStore(output + Lanes, stored, y);
        }
        else
        {
            Avx512F.MaskStore(output, stored, x);
        }
    }

    sealed class Job(DepthwiseConvolution512 plan) : IChunkWork
    {
        float* _kernel;
        float* _input;
        float* _output;
        IContractionEpilogue? _epilogue;

        public void Begin(float* kernel, float* input, float* output, IContractionEpilogue? epilogue)
        {
            _kernel = kernel;
            _input = input;
            _output = output;
            _epilogue = epilogue;
        }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            float* weights = stackalloc float[Window * Window];
            int units = plan.Images * plan.Groups;
            int end = Math.Min((chunk + 1) * plan.UnitsInChunk, units);
            int rows = plan.Plane.Rows * plan._strips * plan.Outputs;
            for (int unit = chunk * plan.UnitsInChunk; unit < end; unit++)
            {
                (int image, int group) = (unit / plan.Groups, unit % plan.Groups);
                (nint nextImage, nint nextGroup) = ((unit + 1) / plan.Groups, (unit + 1) % plan.Groups);
                bool fetches = plan.IsFar && unit + 1 < units;
                float* nextInput = _input + (nextImage * plan.ImageStride) + (nextGroup * plan.ChannelStride);
                LinesAhead inputAhead = new(fetches ? nextInput : null, (nint)plan.ChannelStride * sizeof(float), rows);
                LinesAhead outputAhead = new(fetches ? _output + ((nint)(unit + 1) * plan.Outputs * plan.Pixels) : null, (nint)plan.Outputs * plan.Pixels * sizeof(float), rows);
                float* plane = _input + ((nint)image * plan.ImageStride) + ((nint)group * plan.ChannelStride);
                for (int output = group * plan.Outputs; output < (group + 1) * plan.Outputs; output++)
                {
                    float* kernel = _kernel + ((nint)output * plan.OutputStride);
                    for (int k = 0; k < Window * Window; k++)
                    {
                        weights[k] = kernel[plan.KernelOffsets.Data[k]];
                    }

                    float* target = _output + ((((nint)image * plan.Groups * plan.Outputs) + output) * plan.Pixels);
                    plan.Sum(plane, weights, target, ref inputAhead, ref outputAhead);
                }

                _epilogue?.Apply(group, 0, plan.Outputs, image * plan.Pixels, plan.Pixels);
            }
        }
    }
}
