namespace Ashlar;

/// <summary>NumPy's type strings: byte order, kind, bytes.</summary>
static class NpyDType
{
    /// <summary>The strings that are read, as messages list them; '&gt;' and '=' stand for '&lt;' too.</summary>
    public const string Supported = "one of |b1, |u1, <i4, <i8, <f4, <f8";

    /// <summary>The string of a dtype, little-endian.</summary>
    public static string NameOf(DType type) => type switch
    {
        DType.Bool => "|b1",
        DType.UInt8 => "|u1",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        _ => throw new DTypeException($"npy: NumPy has no {type.Name}. Cast the tensor to {Supported}."),
    };

    /// <summary>The dtype of a string, and whether its bytes stand in the other order; null if it is not supported.</summary>
    public static (DType Type, bool Swapped)? Find(string name)
    {
        if (name.Length < 2 || !"<>=|".Contains(name[0]))
        {
            return null;
        }

        foreach (DType type in DTypeFacts.All)
        {
            if (HasName(type) && NameOf(type)[1..] == name[1..])
            {
                return (type, name[0] == '>' && type.ItemSize > 1);
            }
        }

        return null;
    }

    static bool HasName(DType type) => type is DType.Bool or DType.UInt8 or DType.Int32 or DType.Int64 or DType.Float32 or DType.Float64;
}
