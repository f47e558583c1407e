namespace Ashlar.Reference;

/// <summary>The order of sorts and searches: numbers ascending, -0 equal to +0, all NaN equal and last; an element's key is the unsigned number that orders it.</summary>
public static class SortKey
{
    /// <summary>The key of an element of a dtype.</summary>
    /// <param name="type">Its dtype.</param>
    /// <param name="bits">Its bits, zero-extended.</param>
    public static ulong Ascending(DType type, ulong bits) => type switch
    {
        DType.Float32 => Floating(bits << 32, 0x7F800000ul << 32),
        DType.Float64 => Floating(bits, 0x7FF0000000000000),
        DType.Int32 => (bits << 32) ^ (1ul << 63),
        DType.Int64 => bits ^ (1ul << 63),
        _ => bits << 56,
    };

    /// <summary>The key of an element where the order descends: numbers turned around, NaN still last.</summary>
    /// <param name="type">Its dtype.</param>
    /// <param name="bits">Its bits, zero-extended.</param>
    public static ulong Descending(DType type, ulong bits)
    {
        ulong key = Ascending(type, bits);
        return type.IsFloating && key == ulong.MaxValue ? key : ~key;
    }

    // The sign is the highest bit: negative numbers turn around below, the others stand above. The bits of one NaN serve for all.
    static ulong Floating(ulong bits, ulong infinity)
    {
        ulong magnitude = bits & ~(1ul << 63);
        return magnitude > infinity ? ulong.MaxValue
            : magnitude == 0 ? 1ul << 63
            : bits == magnitude ? bits | (1ul << 63)
            : ~bits;
    }
}
