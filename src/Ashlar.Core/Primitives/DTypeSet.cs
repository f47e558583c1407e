namespace Ashlar.Primitives;

/// <summary>A set of dtypes.</summary>
readonly record struct DTypeSet(int Bits)
{
    public static DTypeSet Bool { get; } = Of(DType.Bool);

    public static DTypeSet Integer { get; } = Of([.. DTypeFacts.All.Where(type => type.IsInteger)]);

    public static DTypeSet Floating { get; } = Of([.. DTypeFacts.All.Where(type => type.IsFloating)]);

    public static DTypeSet Number { get; } = new(Integer.Bits | Floating.Bits);

    public static DTypeSet Logic { get; } = new(Integer.Bits | Bool.Bits);

    public static DTypeSet All { get; } = new(Number.Bits | Bool.Bits);

    public static DTypeSet Of(params ReadOnlySpan<DType> types)
    {
        int bits = 0;
        foreach (DType type in types)
        {
            bits |= 1 << (int)type;
        }

        return new DTypeSet(bits);
    }

    public bool Contains(DType type) => (Bits & (1 << (int)type)) != 0;

    public override string ToString()
    {
        int bits = Bits;
        return string.Join(", ", DTypeFacts.All.Where(type => (bits & (1 << (int)type)) != 0).Select(type => type.Name));
    }
}
