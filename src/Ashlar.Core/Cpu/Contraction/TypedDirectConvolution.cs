using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>The direct convolution of one element type on one register width.</summary>
sealed unsafe class TypedDirectConvolution<T, TVector, TLanes> : DirectConvolution
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    const int Wide = 8;
    const int Narrow = 4;

    readonly OffsetTable _windows;
    readonly OffsetTable _registerInputs;
    readonly OffsetTable _registerOutputs;
    readonly int _registers;
    readonly long _paddedLength;
    readonly int _flatLength;
    Job? _idle;

    public TypedDirectConvolution(ConvolutionShape shape, int[] outputShape)
        : base(shape, outputShape, TLanes.Count)
    {
        var windows = new int[Depth];
        for (int i = 0; i < windows.Length; i++)
        {
            windows[i] = (int)(i / Plane.Windows.Length * Plane.Length) + Plane.Windows[i % Plane.Windows.Length];
        }

        _windows = new OffsetTable(windows);
        _flatLength = ((Plane.Rows - 1) * Plane.Pitch) + Plane.Columns;

        // A row as whole registers: what the last stores past the row, the next row overwrites; the last of all reaches back. The last group repeats it.
        int perRow = (Plane.Columns + TLanes.Count - 1) / TLanes.Count;
        var inputs = new int[SumsByRow ? ((Plane.Rows * perRow) + Wide - 1) / Wide * Wide : 0];
        var outputs = new int[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            int register = Math.Min(i, (Plane.Rows * perRow) - 1);
            bool isLast = register == (Plane.Rows * perRow) - 1;
            int column = isLast ? Plane.Columns - TLanes.Count : register % perRow * TLanes.Count;
            inputs[i] = (register / perRow * Plane.Pitch) + column;
            outputs[i] = (register / perRow * Plane.Columns) + column;
        }

        (_registerInputs, _registerOutputs, _registers) = (new OffsetTable(inputs), new OffsetTable(outputs), inputs.Length);

        SumsInUnit = Outputs * Math.Max(1, SumsByRow ? _registers / Wide : _flatLength / (Wide * TLanes.Count));

        // The last registers read past the copy, and are thrown away.
        _paddedLength = (Plane.Length * Channels) + (Narrow * TLanes.Count);
    }

    /// <summary>Calls that sum eight registers, for all outputs of a group.</summary>
    int SumsInUnit { get; }

    public override void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.Begin((T*)a, (T*)b, (T*)c, epilogue);
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

    // Rows that fill their registers go straight to the output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumByRow(T* padded, T* weights, T* output, ref LinesAhead inputAhead, ref LinesAhead outputAhead)
    {
        for (int i = 0; i < _registers; i += Wide)
        {
            inputAhead.Fetch();
            outputAhead.Fetch();
            SumRegisters(padded, _registerInputs.Data + i, weights, _windows.Data, Depth, output, _registerOutputs.Data + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumRegisters(T* padded, int* inputs, T* weights, int* windows, nint depth, T* output, int* outputs)
    {
        T* x0 = padded + inputs[0], x1 = padded + inputs[1], x2 = padded + inputs[2], x3 = padded + inputs[3];
        T* x4 = padded + inputs[4], x5 = padded + inputs[5], x6 = padded + inputs[6], x7 = padded + inputs[7];
        TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (nint k = 0; k < depth; k++)
        {
            TVector w = TLanes.Broadcast(weights[k]);
            nint at = windows[k];
            s0 = TLanes.MultiplyAdd(w, TLanes.Load(x0 + at), s0);
            s1 = TLanes.MultiplyAdd(w, TLanes.Load(x1 + at), s1);
            s2 = TLanes.MultiplyAdd(w, TLanes.Load(x2 + at), s2);
            s3 = TLanes.MultiplyAdd(w, TLanes.Load(x3 + at), s3);
            s4 = TLanes.MultiplyAdd(w, TLanes.Load(x4 + at), s4);
            s5 = TLanes.MultiplyAdd(w, TLanes.Load(x5 + at), s5);
            s6 = TLanes.MultiplyAdd(w, TLanes.Load(x6 + at), s6);
            s7 = TLanes.MultiplyAdd(w, TLanes.Load(x7 + at), s7);
        }

        TLanes.Store(s0, output + outputs[0]);
        TLanes.Store(s1, output + outputs[1]);
        TLanes.Store(s2, output + outputs[2]);
        TLanes.Store(s3, output + outputs[3]);
        TLanes.Store(s4, output + outputs[4]);
        TLanes.Store(s5, output + outputs[5]);
        TLanes.Store(s6, output + outputs[6]);
        TLanes.Store(s7, output + outputs[7]);
    }

    // All windows of one output at once, as registers along the padded copy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sum(T* padded, T* weights, T* sums, ref LinesAhead inputAhead, ref LinesAhead outputAhead)
    {
        int i = 0;
        for (; i + (Wide * TLanes.Count) <= _flatLength; i += Wide * TLanes.Count)
        {
            inputAhead.Fetch();
            outputAhead.Fetch();
            SumWide(padded + i, weights, _windows.Data, Depth, sums + i);
        }

        for (; i < _flatLength; i += Narrow * TLanes.Count)
        {
            SumNarrow(padded + i, weights, _windows.Data, Depth, sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumWide(T* padded, T* weights, int* windows, nint depth, T* sums)
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (nint k = 0; k < depth; k++)
        {
            TVector w = TLanes.Broadcast(weights[k]);
            T* x = padded + windows[k];
            s0 = TLanes.MultiplyAdd(w, TLanes.Load(x), s0);
            s1 = TLanes.MultiplyAdd(w, TLanes.Load(x + TLanes.Count), s1);
            s2 = TLanes.MultiplyAdd(w, TLanes.Load(x + (2 * TLanes.Count)), s2);
            s3 = TLanes.MultiplyAdd(w, TLanes.Load(x + (3 * TLanes.Count)), s3);
            s4 = TLanes.MultiplyAdd(w, TLanes.Load(x + (4 * TLanes.Count)), s4);
            s5 = TLanes.MultiplyAdd(w, TLanes.Load(x + (5 * TLanes.Count)), s5);
            s6 = TLanes.MultiplyAdd(w, TLanes.Load(x + (6 * TLanes.Count)), s6);
            s7 = TLanes.MultiplyAdd(w, TLanes.Load(x + (7 * TLanes.Count)), s7);
        }

        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + TLanes.Count);
        TLanes.Store(s2, sums + (2 * TLanes.Count));
        TLanes.Store(s3, sums + (3 * TLanes.Count));
        TLanes.Store(s4, sums + (4 * TLanes.Count));
        TLanes.Store(s5, sums + (5 * TLanes.Count));
        TLanes.Store(s6, sums + (6 * TLanes.Count));
        TLanes.Store(s7, sums + (7 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumNarrow(T* padded, T* weights, int* windows, nint depth, T* sums)
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        for (nint k = 0; k < depth; k++)
        {
            TVector w = TLanes.Broadcast(weights[k]);
            T* x = padded + windows[k];
            s0 = TLanes.MultiplyAdd(w, TLanes.Load(x), s0);
            s1 = TLanes.MultiplyAdd(w, TLanes.Load(x + TLanes.Count), s1);
            s2 = TLanes.MultiplyAdd(w, TLanes.Load(x + (2 * TLanes.Count)), s2);
            s3 = TLanes.MultiplyAdd(w, TLanes.Load(x + (3 * TLanes.Count)), s3);
        }

        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + TLanes.Count);
        TLanes.Store(s2, sums + (2 * TLanes.Count));
        TLanes.Store(s3, sums + (3 * TLanes.Count));
    }

    // Rows stand closer in the output: each row's last register spills into the next row, which comes after, but never past the plane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Put(T* sums, T* output)
    {
        T* end = output + Pixels;
        for (int row = 0; row < Plane.Rows; row++)
        {
            int i = 0;
            for (; i < Plane.Columns && output + i + TLanes.Count <= end; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(sums + i), output + i);
            }

            if (i < Plane.Columns && Plane.Columns >= Vector256<T>.Count)
            {
                for (; i < Plane.Columns; i += Vector256<T>.Count)
                {
                    int at = Math.Min(i, Plane.Columns - Vector256<T>.Count);
                    Vector256.Store(Vector256.Load(sums + at), output + at);
                }
            }

            for (; i < Plane.Columns; i++)
            {
                output[i] = sums[i];
            }

            sums += Plane.Pitch;
            output += Plane.Columns;
        }
    }

    sealed class Job(TypedDirectConvolution<T, TVector, TLanes> plan) : IChunkWork
    {
        T* _kernel;
        T* _input;
        T* _output;
        IContractionEpilogue? _epilogue;

        public void Begin(T* kernel, T* input, T* output, IContractionEpilogue? epilogue)
        {
            _kernel = kernel;
            _input = input;
            _output = output;
            _epilogue = epilogue;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int chunk)
        {
            int units = plan.Images * plan.Groups;
            int end = Math.Min((chunk + 1) * plan.UnitsInChunk, units);
            long sumsLength = plan._flatLength + ((Narrow + 1) * TLanes.Count);
            PackingMemory memory = PackingMemory.Take((plan._paddedLength + sumsLength + plan.Depth) * sizeof(T));
            try
            {
                T* padded = (T*)memory.Data;
                T* sums = padded + plan._paddedLength;
                NativeMemory.Clear(padded, (nuint)(plan._paddedLength * sizeof(T)));
                for (int unit = chunk * plan.UnitsInChunk; unit < end; unit++)
                {
                    ExecuteUnit(unit / plan.Groups, unit % plan.Groups, padded, sums, sums + sumsLength);
                }
            }
            finally
            {
                memory.Return();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void ExecuteUnit(int image, int group, T* padded, T* sums, T* weights)
        {
            for (int channel = 0; channel < plan.Channels; channel++)
            {
                T* source = _input + ((nint)image * plan.ImageStride) + ((nint)((group * plan.Channels) + channel) * plan.ChannelStride);
                plan.Plane.Fill(source, padded + (channel * plan.Plane.Length));
            }

            int next = (image * plan.Groups) + group + 1;
            bool fetches = plan.IsFar && !plan.IsForeseen && next < plan.Images * plan.Groups;
            T* nextInput = _input + ((nint)(next / plan.Groups) * plan.ImageStride) + ((nint)(next % plan.Groups) * plan.Channels * plan.ChannelStride);
            T* nextOutput = _output + ((nint)next * plan.Outputs * plan.Pixels);
            LinesAhead inputAhead = new(fetches ? nextInput : null, (nint)plan.Channels * plan.ChannelStride * sizeof(T), plan.SumsInUnit);
            LinesAhead outputAhead = new(fetches ? nextOutput : null, (nint)plan.Outputs * plan.Pixels * sizeof(T), plan.SumsInUnit);
            for (int i = 0; i < plan.Outputs; i++)
            {
                int output = (group * plan.Outputs) + i;
                T* kernel = _kernel + ((nint)output * plan.OutputStride);
                for (int k = 0; k < plan.Depth; k++)
                {
                    weights[k] = kernel[plan.KernelOffsets.Data[k]];
                }

                T* target = _output + ((((nint)image * plan.Groups * plan.Outputs) + output) * plan.Pixels);
                if (plan.SumsByRow)
                {
                    plan.SumByRow(padded, weights, target, ref inputAhead, ref outputAhead);
                    continue;
                }

                plan.Sum(padded, weights, sums, ref inputAhead, ref outputAhead);
                plan.Put(sums, target);
            }

            _epilogue?.Apply(group, 0, plan.Outputs, image * plan.Pixels, plan.Pixels);
        }
    }
}
