namespace Ashlar;

/// <summary>NumPy's type strings: byte order, kind, bytes.</summary>
static class NpyDType
{
    // NumPy has no bfloat16 of its own.
    static readonly Dictionary<DType, string> Names = new()
    {
        [DType.Bool] = "|b1",
        [DType.Int8] = "|i1",
        [DType.UInt8] = "|u1",
        [DType.Int16] = "<i2",
        [DType.UInt16] = "<u2",
        [DType.Int32] = "<i4",
        [DType.UInt32] = "<u4",
        [DType.Int64] = "<i8",
        [DType.UInt64] = "<u8",
        [DType.Float16] = "<f2",
        [DType.Float32] = "<f4",
        [DType.Float64] = "<f8",
        [DType.Complex64] = "<c8",
        [DType.Complex128] = "<c16",
    };

    /// <summary>The strings that are read, as messages list them; '&gt;' and '=' stand for '&lt;' too.</summary>
    public static string Supported { get; } = "one of " + string.Join(", ", Names.Values);

    /// <summary>The string of a dtype, little-endian.</summary>
    public static string NameOf(DType type) => Names.TryGetValue(type, out string? name)
        ? name
        : throw new DTypeException($"npy: NumPy has no {type.Name}. Cast the tensor to a dtype that is {Supported}.");

    /// <summary>The dtype of a string, and whether its bytes stand in the other order; null if it is not supported.</summary>
    public static (DType Type, bool Swapped)? Find(string text)
    {
        if (text.Length < 2 || !"<>=|".Contains(text[0]))
        {
            return null;
        }

        foreach ((DType type, string name) in Names)
        {
            if (name[1..] == text[1..])
            {
                return (type, text[0] == '>' && type.ItemSize > 1);
            }
        }

        return null;
    }
}
