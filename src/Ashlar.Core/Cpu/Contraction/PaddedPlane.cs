using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Where the pixels of one channel lie in its padded copy: [row residue, column residue, row, column], residues by the stride of the windows.</summary>
sealed unsafe class PaddedPlane
{
    readonly int _inputRows;
    readonly int _inputColumns;
    readonly int _rowStride;
    readonly int _columnStride;
    readonly int _lowColumn;
    readonly int _readColumns;
    readonly int _columnDilation;
    readonly int _columnResidues;
    readonly OffsetTable _rowTargets;
    readonly OffsetTable _columnTargets;

    PaddedPlane(Axis rows, Axis columns, int rowStride, int columnStride, int alignment)
    {
        (_inputRows, _inputColumns) = (rows.Input, columns.Input);
        (_rowStride, _columnStride) = (rowStride, columnStride);
        (_lowColumn, _columnDilation, _columnResidues) = (columns.Low, columns.InputDilation, columns.Stride);
        _readColumns = Math.Clamp(columns.Extent - columns.Low, 0, columns.Input);
        (Rows, Columns) = (rows.Output, columns.Output);
        int[] rowResidues = rows.Residues();
        int[] columnResidues = columns.Residues();
        int height = (rows.Extent + rows.Stride - 1) / rows.Stride;
        Pitch = (((columns.Extent + columns.Stride - 1) / columns.Stride) + alignment - 1) / alignment * alignment;
        int residue = height * Pitch;
        int columnPlanes = columnResidues.Max() + 1;
        Length = (long)residue * (rowResidues.Max() + 1) * columnPlanes;
        _rowTargets = new OffsetTable(Targets(rows, rowResidues, columnPlanes * residue, Pitch));
        _columnTargets = new OffsetTable(Targets(columns, columnResidues, residue, 1));
        Windows = new int[rows.Kernel * columns.Kernel];
        for (int i = 0; i < Windows.Length; i++)
        {
            int row = i / columns.Kernel * rows.KernelDilation;
            int column = i % columns.Kernel * columns.KernelDilation;
            int plane = (rowResidues[row % rows.Stride] * columnPlanes) + columnResidues[column % columns.Stride];
            Windows[i] = (plane * residue) + (row / rows.Stride * Pitch) + (column / columns.Stride);
        }
    }

    /// <summary>Rows of the output.</summary>
    public int Rows { get; }

    /// <summary>Columns of the output.</summary>
    public int Columns { get; }

    /// <summary>From one output row to the next in the padded copy.</summary>
    public int Pitch { get; }

    /// <summary>Elements of the padded copy.</summary>
    public long Length { get; }

    /// <summary>[kernel positions] offset of each position of the window at output 0.</summary>
    public int[] Windows { get; }

    /// <summary>Rank 3 counts as one row; rows begin at multiples of the alignment.</summary>
    public static PaddedPlane Of(ConvolutionShape shape, int[] outputShape, int alignment = 1)
    {
        int last = shape.Input.Length - 1;
        int[] strides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        return last == 2
            ? new PaddedPlane(new Axis(1, 1, 1, 0, 1, 1, 1), Axis.Of(shape, outputShape, 2), 0, strides[2], alignment)
            : new PaddedPlane(Axis.Of(shape, outputShape, 2), Axis.Of(shape, outputShape, 3), strides[2], strides[3], alignment);
    }

    /// <summary>Writes the pixels into a copy whose padding is zero already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<T>(T* source, T* padded)
        where T : unmanaged
    {
        int* columns = _columnTargets.Data;
        bool copies = _columnStride == 1 && _columnDilation == 1 && _columnResidues == 1 && _lowColumn >= 0 && _readColumns > 0;
        bool splits = sizeof(T) == 4 && Avx2.IsSupported && _columnStride == 1 && _columnDilation == 1 && _columnResidues == 2 && _lowColumn >= 0;
        for (int row = 0; row < _inputRows; row++)
        {
            int target = _rowTargets.Data[row];
            if (target < 0)
            {
                continue;
            }

            T* from = source + ((nint)row * _rowStride);
            T* to = padded + target;
            if (copies)
            {
                Copy(from, to + columns[0], _readColumns);
            }
            else if (splits)
            {
                float* even = columns[0] < 0 ? null : (float*)(to + columns[0]);
                float* odd = _inputColumns < 2 || columns[1] < 0 ? null : (float*)(to + columns[1]);
                Split((float*)from, even, odd, _readColumns);
            }
            else
            {
                for (int column = 0; column < _inputColumns; column++)
                {
                    if (columns[column] >= 0)
                    {
                        to[columns[column]] = from[(nint)column * _columnStride];
                    }
                }
            }
        }
    }

    /// <summary>to[i] = from[i · step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyEvery<T>(int step, T* from, T* to, int count)
        where T : unmanaged
    {
        if (step == 1)
        {
            Copy(from, to, count);
        }
        else if (step == 2 && sizeof(T) == 4 && Avx2.IsSupported)
        {
            Split((float*)from, (float*)to, null, Math.Max(0, (2 * count) - 1));
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                to[i] = from[(nint)i * step];
            }
        }
    }

    // The last register reaches back to what was copied already.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy<T>(T* from, T* to, int count)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated && count >= Vector512<T>.Count)
        {
            for (int i = 0; i < count; i += Vector512<T>.Count)
            {
                int at = Math.Min(i, count - Vector512<T>.Count);
                Vector512.Store(Vector512.Load(from + at), to + at);
            }
        }
        else if (count >= Vector256<T>.Count)
        {
            for (int i = 0; i < count; i += Vector256<T>.Count)
            {
                int at = Math.Min(i, count - Vector256<T>.Count);
                Vector256.Store(Vector256.Load(from + at), to + at);
            }
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                to[i] = from[i];
            }
        }
    }

    // Every second element to one place, the others to another, if they are wanted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Split(float* from, float* even, float* odd, int count)
    {
        if (Avx512F.IsSupported)
        {
            SplitByMasks(from, even, odd, count);
            return;
        }

        int pairs = count / 2 * 2;
        for (int i = 0; i < pairs && pairs >= 16; i += 16)
        {
            // The last registers reach back, by whole pairs, to what was moved already.
            int at = Math.Min(i, pairs - 16);
            Split16(from + at, even, odd, at / 2);
        }

        for (int i = pairs >= 16 ? pairs : 0; i < count; i++)
        {
            float* to = i % 2 == 0 ? even : odd;
            if (to is not null)
            {
                to[i / 2] = from[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SplitByMasks(float* from, float* even, float* odd, int count)
    {
        Vector512<int> evens = Vector512<int>.Indices << 1;
        Vector512<int> odds = evens | Vector512<int>.One;
        int i = 0;
        for (; i <= count - 32; i += 32)
        {
            Vector512<float> x = Vector512.Load(from + i);
            Vector512<float> y = Vector512.Load(from + i + 16);
            if (even is not null)
            {
                Vector512.Store(Avx512F.PermuteVar16x32x2(x, evens, y), even + (i / 2));
            }

            if (odd is not null)
            {
                Vector512.Store(Avx512F.PermuteVar16x32x2(x, odds, y), odd + (i / 2));
            }
        }

        if (i < count)
        {
            int rest = count - i;
            Vector512<float> x = Avx512F.MaskLoad(from + i, First(rest), Vector512<float>.Zero);
            Vector512<float> y = rest > 16 ? Avx512F.MaskLoad(from + i + 16, First(rest - 16), Vector512<float>.Zero) : default;
            if (even is not null)
            {
                Avx512F.MaskStore(even + (i / 2), First((rest + 1) / 2), Avx512F.PermuteVar16x32x2(x, evens, y));
            }

            if (odd is not null)
            {
                Avx512F.MaskStore(odd + (i / 2), First(rest / 2), Avx512F.PermuteVar16x32x2(x, odds, y));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> First(int lanes) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Split16(float* from, float* even, float* odd, int place)
    {
        Vector256<float> x = Vector256.Load(from);
        Vector256<float> y = Vector256.Load(from + 8);
        if (even is not null)
        {
            Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(x, y, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle(), even + place);
        }

        if (odd is not null)
        {
            Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(x, y, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle(), odd + place);
        }
    }

    // Where each input lands; -1 where no window reads it.
    static int[] Targets(Axis axis, int[] residues, int residueStep, int step)
    {
        var targets = new int[axis.Input];
        for (int i = 0; i < targets.Length; i++)
        {
            long place = axis.Low + ((long)i * axis.InputDilation);
            bool isRead = place >= 0 && place < axis.Extent && residues[place % axis.Stride] >= 0;
            targets[i] = isRead ? (int)((residues[place % axis.Stride] * (long)residueStep) + (place / axis.Stride * step)) : -1;
        }

        return targets;
    }

    // One spatial axis of the convolution.
    readonly record struct Axis(int Input, int Output, int Kernel, int Low, int Stride, int InputDilation, int KernelDilation)
    {
        /// <summary>Padded inputs that some window touches.</summary>
        public int Extent => ((Output - 1) * Stride) + ((Kernel - 1) * KernelDilation) + 1;

        /// <summary>[Stride] which of the planes takes each residue; -1 for those that no window touches.</summary>
        public int[] Residues()
        {
            var residues = new int[Stride];
            Array.Fill(residues, -1);
            int next = 0;
            for (int position = 0; position < Kernel; position++)
            {
                ref int residue = ref residues[(int)((long)position * KernelDilation % Stride)];
                residue = residue < 0 ? next++ : residue;
            }

            return residues;
        }

        public static Axis Of(ConvolutionShape shape, int[] outputShape, int axis) => new(
            shape.Input[axis], outputShape[axis], shape.Kernel[axis], shape.PaddingLow?[axis - 2] ?? 0,
            shape.Strides?[axis - 2] ?? 1, shape.InputDilation?[axis - 2] ?? 1, shape.KernelDilation?[axis - 2] ?? 1);
    }
}
