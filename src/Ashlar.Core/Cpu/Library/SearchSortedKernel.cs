using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library;

/// <summary>Where values go into sorted elements along the last axis, by bisection. One item is one value.</summary>
sealed unsafe class SearchSortedKernel : LibraryKernel
{
    readonly KeyReader _reader;
    readonly bool _right;
    readonly int _extent;
    readonly int _values;

    /// <param name="type">Dtype of elements and values.</param>
    /// <param name="sorted">Shape of the elements.</param>
    /// <param name="values">Shape of the values.</param>
    /// <param name="right">Whether a value goes behind its equals.</param>
    public SearchSortedKernel(DType type, Shape sorted, Shape values, bool right)
        : base(values.Size, 32)
    {
        _reader = new KeyReader(type, descending: false);
        _right = right;
        _extent = sorted[^1];
        _values = values[^1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Execute(byte** operands, int first, int end)
    {
        for (int item = first; item < end; item++)
        {
            nint row = (nint)(item / _values) * _extent;
            ulong value = _reader.Key(operands[1], item);
            int low = 0;
            int high = _extent;
            while (low < high)
            {
                int middle = (int)(((uint)low + (uint)high) / 2);
                ulong key = _reader.Key(operands[0], row + middle);
                if (key < value || (_right && key == value))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            ((long*)operands[2])[item] = low;
        }
    }
}
