using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>y[…, j] = x[…, index[…, j]]. One item is one element of the result.</summary>
sealed unsafe class GatherKernel : LibraryKernel
{
    readonly int _extent;
    readonly int _picks;
    readonly delegate*<byte**, int, int, int, int, void> _elements;

    /// <param name="type">Dtype of x and y.</param>
    /// <param name="from">Shape of x.</param>
    /// <param name="index">Int32 or int64.</param>
    /// <param name="picks">Shape of the indices and of y: that of x but for the last axis.</param>
    public GatherKernel(DType type, Shape from, DType index, Shape picks)
        : base(picks.Size, 1)
    {
        _extent = from[^1];
        _picks = picks[^1];
        _elements = (type.ItemSize, index) switch
        {
            (1, DType.Int32) => &Gather<byte, int>,
            (1, _) => &Gather<byte, long>,
            (2, DType.Int32) => &Gather<ushort, int>,
            (2, _) => &Gather<ushort, long>,
            (4, DType.Int32) => &Gather<uint, int>,
            (4, _) => &Gather<uint, long>,
            (_, DType.Int32) => &Gather<ulong, int>,
            _ => &Gather<ulong, long>,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An index lies outside the last axis of x.</exception>
    protected override void Execute(byte** operands, int first, int end) => _elements(operands, first, end, _picks, _extent);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather<T, TIndex>(byte** operands, int first, int end, int picks, int extent)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var index = (TIndex*)operands[1];
        var y = (T*)operands[2];
        int row = first / picks;
        for (int i = first; i < end; row++)
        {
            T* x = (T*)operands[0] + ((nint)row * extent);
            int endOfRow = (int)Math.Min(end, (row + 1L) * picks);
            for (; i < endOfRow; i++)
            {
                long place = long.CreateTruncating(index[i]);
                if ((ulong)place >= (ulong)extent)
                {
                    throw IndexRules.Outside("Gather", place, extent);
                }

                y[i] = x[place];
            }
        }
    }
}
