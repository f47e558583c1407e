using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>y starts as +0 and y[…, index[…, j]] += x[…, j] in the order of j. One item is one row: all places of the leading axes are independent.</summary>
sealed unsafe class ScatterAddKernel : LibraryKernel
{
    readonly int _updates;
    readonly int _extent;
    readonly delegate*<byte**, int, int, int, int, void> _rows;

    /// <param name="type">Dtype of x and y; not bool.</param>
    /// <param name="index">Int32 or int64.</param>
    /// <param name="updates">Shape of the indices and of x.</param>
    /// <param name="result">Shape of y: that of x but for the last axis.</param>
    /// <exception cref="DTypeException">The dtype is bool.</exception>
    public ScatterAddKernel(DType type, DType index, Shape updates, Shape result)
        : base(new Shape(updates.Extents[..^1]).Size, (long)updates[^1] + result[^1])
    {
        _updates = updates[^1];
        _extent = result[^1];
        _rows = type switch
        {
            DType.Float32 => Rows<float>(index),
            DType.Float64 => Rows<double>(index),
            DType.Int32 => Rows<int>(index),
            DType.Int64 => Rows<long>(index),
            DType.UInt8 => Rows<byte>(index),
            _ => throw new DTypeException($"ScatterAdd: a sum of {type.Name} is not defined. Cast to an integer dtype first."),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An index lies outside the last axis of y.</exception>
    protected override void Execute(byte** operands, int first, int end) => _rows(operands, first, end, _updates, _extent);

    static delegate*<byte**, int, int, int, int, void> Rows<T>(DType index) where T : unmanaged, INumber<T> =>
        index == DType.Int32 ? &Scatter<T, int> : &Scatter<T, long>;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Scatter<T, TIndex>(byte** operands, int first, int end, int updates, int extent)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (int row = first; row < end; row++)
        {
            TIndex* index = (TIndex*)operands[0] + ((nint)row * updates);
            T* x = (T*)operands[1] + ((nint)row * updates);
            T* y = (T*)operands[2] + ((nint)row * extent);
            new Span<T>(y, extent).Clear();
            for (int j = 0; j < updates; j++)
            {
                long place = long.CreateTruncating(index[j]);
                if ((ulong)place >= (ulong)extent)
                {
                    throw IndexRules.Outside("ScatterAdd", place, extent);
                }

                y[place] += x[j];
            }
        }
    }
}
