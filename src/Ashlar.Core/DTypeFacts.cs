namespace Ashlar;

/// <summary>What is known of each <see cref="DType"/>: sizes, kinds, names, the promotion lattice.</summary>
public static class DTypeFacts
{
    /// <summary>Every dtype, in the order of their numbers.</summary>
    public static IReadOnlyList<DType> All { get; } =
        [DType.Bool, DType.UInt8, DType.Int32, DType.Int64, DType.Float32, DType.Float64];

    extension(DType type)
    {
        /// <summary>Bytes of one element.</summary>
        public int ItemSize => type switch
        {
            DType.Bool or DType.UInt8 => 1,
            DType.Int32 or DType.Float32 => 4,
            DType.Int64 or DType.Float64 => 8,
            _ => throw Unknown(type),
        };

        /// <summary>Whether the dtype is float32 or float64.</summary>
        public bool IsFloating => type is DType.Float32 or DType.Float64;

        /// <summary>Whether the dtype is an integer type; bool is not.</summary>
        public bool IsInteger => type is DType.UInt8 or DType.Int32 or DType.Int64;

        /// <summary>The name used in messages and files, as NumPy spells it.</summary>
        public string Name => type switch
        {
            DType.Bool => "bool",
            DType.UInt8 => "uint8",
            DType.Int32 => "int32",
            DType.Int64 => "int64",
            DType.Float32 => "float32",
            DType.Float64 => "float64",
            _ => throw Unknown(type),
        };
    }

    /// <summary>The dtype whose C# type is <typeparamref name="T"/>.</summary>
    /// <exception cref="DTypeException">No dtype holds <typeparamref name="T"/>.</exception>
    public static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) { return DType.Float32; }
        if (typeof(T) == typeof(double)) { return DType.Float64; }
        if (typeof(T) == typeof(int)) { return DType.Int32; }
        if (typeof(T) == typeof(long)) { return DType.Int64; }
        if (typeof(T) == typeof(byte)) { return DType.UInt8; }
        if (typeof(T) == typeof(bool)) { return DType.Bool; }
        throw new DTypeException($"dtype: no dtype holds elements of the C# type {typeof(T).Name}. Use bool, byte, int, long, float or double.");
    }

    /// <summary>The smallest dtype that both operands convert to: bool → uint8 → int32 → int64 → float32 → float64.</summary>
    /// <remarks>As in JAX and PyTorch an integer with a float gives the float's own type.</remarks>
    public static DType Promote(DType a, DType b) => a >= b ? a : b;

    static DTypeException Unknown(DType type) => new($"dtype: the number {(int)type} names no dtype.");
}
