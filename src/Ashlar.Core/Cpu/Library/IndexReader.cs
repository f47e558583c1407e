using System.Runtime.CompilerServices;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>Turns the indices of one pick into a place along the indexed axes.</summary>
sealed unsafe class IndexReader(IndexGeometry geometry)
{
    readonly int[] _extents = geometry.Extents;
    readonly int[] _strides = geometry.Strides;
    readonly bool _wide = geometry.IsWide;

    /// <param name="indices">First byte of each index.</param>
    /// <param name="at">The pick.</param>
    /// <exception cref="ArgumentException">An index lies outside its axis.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Place(byte** indices, nint at)
    {
        long place = 0;
        for (int k = 0; k < _extents.Length; k++)
        {
            long index = _wide ? ((long*)indices[k])[at] : ((int*)indices[k])[at];
            long inside = index < 0 ? index + _extents[k] : index;
            if ((ulong)inside >= (ulong)_extents[k])
            {
                // Throws: the message is written in one place.
                geometry.Place(k, index);
            }

            place += inside * _strides[k];
        }

        return place;
    }
}
