using System.Runtime.CompilerServices;
using Ashlar.Reference;

namespace Ashlar.Cpu.Library;

/// <summary>Reads elements as the keys that order them.</summary>
readonly unsafe struct KeyReader(DType type, bool descending)
{
    readonly int _size = type.ItemSize;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Key(byte* elements, nint at)
    {
        ulong bits = _size switch
        {
            1 => elements[at],
            2 => ((ushort*)elements)[at],
            4 => ((uint*)elements)[at],
            _ => ((ulong*)elements)[at],
        };
        return descending ? SortKey.Descending(type, bits) : SortKey.Ascending(type, bits);
    }
}
