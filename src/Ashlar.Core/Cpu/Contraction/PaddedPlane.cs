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
    readonly int _columnDilation;
    readonly int _columnResidues;
    readonly OffsetTable _rowTargets;
    readonly OffsetTable _columnTargets;

    PaddedPlane(Axis rows, Axis columns, int rowStride, int columnStride)
    {
        (_inputRows, _inputColumns) = (rows.Input, columns.Input);
        (_rowStride, _columnStride) = (rowStride, columnStride);
        (_lowColumn, _columnDilation, _columnResidues) = (columns.Low, columns.InputDilation, columns.Stride);
        (Rows, Columns) = (rows.Output, columns.Output);
        int height = (rows.Extent + rows.Stride - 1) / rows.Stride;
        Pitch = (columns.Extent + columns.Stride - 1) / columns.Stride;
        int residue = height * Pitch;
        Length = (long)residue * rows.Stride * columns.Stride;
        int columnStrideResidues = columns.Stride;
        _rowTargets = new OffsetTable(Targets(rows, columnStrideResidues * residue, Pitch));
        _columnTargets = new OffsetTable(Targets(columns, residue, 1));
        Windows = new int[rows.Kernel * columns.Kernel];
        for (int i = 0; i < Windows.Length; i++)
        {
            int row = i / columns.Kernel * rows.KernelDilation;
            int column = i % columns.Kernel * columns.KernelDilation;
            Windows[i] = (((row % rows.Stride * columns.Stride) + (column % columns.Stride)) * residue) + (row / rows.Stride * Pitch) + (column / columns.Stride);
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

    /// <summary>Rank 3 counts as one row.</summary>
    public static PaddedPlane Of(ConvolutionShape shape, int[] outputShape)
    {
        int last = shape.Input.Length - 1;
        int[] strides = shape.InputStrides ?? OffsetGrid.RowMajor(shape.Input, "convolution input");
        return last == 2
            ? new PaddedPlane(new Axis(1, 1, 1, 0, 1, 1, 1), Axis.Of(shape, outputShape, 2), 0, strides[2])
            : new PaddedPlane(Axis.Of(shape, outputShape, 2), Axis.Of(shape, outputShape, 3), strides[2], strides[3]);
    }

    /// <summary>Writes the pixels into a copy whose padding is zero already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<T>(T* source, T* padded)
        where T : unmanaged
    {
        int* columns = _columnTargets.Data;
        bool copies = _columnStride == 1 && _columnDilation == 1 && _columnResidues == 1 && _lowColumn >= 0 && columns[_inputColumns - 1] >= 0;
        bool splits = sizeof(T) == 4 && Avx2.IsSupported && _columnStride == 1 && _columnDilation == 1 && _columnResidues == 2 && _lowColumn >= 0 && columns[_inputColumns - 1] >= 0;
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
                Copy(from, to + columns[0], _inputColumns);
            }
            else if (splits)
            {
                Split((float*)from, (float*)(to + columns[0]), (float*)(to + columns[Math.Min(1, _inputColumns - 1)]), _inputColumns);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy<T>(T* from, T* to, int count)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256.Store(Vector256.Load(from + i), to + i);
        }

        if (count >= Vector256<T>.Count)
        {
            // Once more what was copied, rather than one by one.
            Vector256.Store(Vector256.Load(from + count - Vector256<T>.Count), to + count - Vector256<T>.Count);
            return;
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    // Every second element to one place, the others to another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Split(float* from, float* first, float* second, int count)
    {
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Vector256<float> x = Vector256.Load(from + i);
            Vector256<float> y = Vector256.Load(from + i + 8);
            Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(x, y, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle(), first + (i / 2));
            Vector256.Store(Avx2.Permute4x64(Avx.Shuffle(x, y, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle(), second + (i / 2));
        }

        for (; i < count; i++)
        {
            (i % 2 == 0 ? first : second)[i / 2] = from[i];
        }
    }

    // Where each input lands; -1 outside.
    static int[] Targets(Axis axis, int residueStep, int step)
    {
        var targets = new int[axis.Input];
        for (int i = 0; i < targets.Length; i++)
        {
            long place = axis.Low + ((long)i * axis.InputDilation);
            targets[i] = place < 0 || place >= axis.Extent ? -1 : (int)((place % axis.Stride * residueStep) + (place / axis.Stride * step));
        }

        return targets;
    }

    // One spatial axis of the convolution.
    readonly record struct Axis(int Input, int Output, int Kernel, int Low, int Stride, int InputDilation, int KernelDilation)
    {
        /// <summary>Padded inputs that some window touches.</summary>
        public int Extent => ((Output - 1) * Stride) + ((Kernel - 1) * KernelDilation) + 1;

        public static Axis Of(ConvolutionShape shape, int[] outputShape, int axis) => new(
            shape.Input[axis], outputShape[axis], shape.Kernel[axis], shape.PaddingLow?[axis - 2] ?? 0,
            shape.Strides?[axis - 2] ?? 1, shape.InputDilation?[axis - 2] ?? 1, shape.KernelDilation?[axis - 2] ?? 1);
    }
}
