namespace Ashlar;

/// <summary>What is known of each <see cref="DType"/>: sizes, kinds, names, limits, the promotion lattice.</summary>
public static partial class DTypeFacts
{
    /// <summary>Every dtype that a node may have, in the order of their numbers. Complex dtypes belong to tensors: their nodes hold pairs of floats.</summary>
    public static IReadOnlyList<DType> All { get; } =
    [
        DType.Bool, DType.UInt8, DType.Int32, DType.Int64, DType.Float32, DType.Float64, DType.Int8, DType.Int16,
        DType.UInt16, DType.UInt32, DType.UInt64, DType.Float16, DType.BFloat16,
    ];

    extension(DType type)
    {
        /// <summary>Bytes of one element.</summary>
        public int ItemSize => type switch
        {
            DType.Bool or DType.UInt8 or DType.Int8 => 1,
            DType.Int16 or DType.UInt16 or DType.Float16 or DType.BFloat16 => 2,
            DType.Int32 or DType.UInt32 or DType.Float32 => 4,
            DType.Int64 or DType.UInt64 or DType.Float64 or DType.Complex64 => 8,
            DType.Complex128 => 16,
            _ => throw Unknown(type),
        };

        /// <summary>Whether the dtype is float16, bfloat16, float32 or float64.</summary>
        public bool IsFloating => type is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;

        /// <summary>Whether the dtype is float16 or bfloat16, which are computed in float32.</summary>
        public bool IsHalf => type is DType.Float16 or DType.BFloat16;

        /// <summary>Whether the dtype is an integer type; bool is not.</summary>
        public bool IsInteger => type is DType.UInt8 or DType.Int32 or DType.Int64 or DType.Int8 or DType.Int16 or DType.UInt16 or DType.UInt32 or DType.UInt64;

        /// <summary>Whether the dtype has numbers below zero.</summary>
        public bool IsSigned => type.IsFloating || type.IsComplex || type is DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64;

        /// <summary>Whether the dtype is complex64 or complex128.</summary>
        public bool IsComplex => type is DType.Complex64 or DType.Complex128;

        /// <summary>The dtype of the real part: float32 of complex64, float64 of complex128; every other dtype's own.</summary>
        public DType RealType => type switch
        {
            DType.Complex64 => DType.Float32,
            DType.Complex128 => DType.Float64,
            _ => type,
        };

        /// <summary>The complex dtype whose parts hold the dtype's numbers: complex128 of float64 and complex128, else complex64.</summary>
        public DType ComplexType => type is DType.Float64 or DType.Complex128 ? DType.Complex128 : DType.Complex64;

        /// <summary>The name used in messages and files, as NumPy spells it.</summary>
        public string Name => type switch
        {
            DType.Bool => "bool",
            DType.UInt8 => "uint8",
            DType.Int32 => "int32",
            DType.Int64 => "int64",
            DType.Float32 => "float32",
            DType.Float64 => "float64",
            DType.Int8 => "int8",
            DType.Int16 => "int16",
            DType.UInt16 => "uint16",
            DType.UInt32 => "uint32",
            DType.UInt64 => "uint64",
            DType.Float16 => "float16",
            DType.BFloat16 => "bfloat16",
            DType.Complex64 => "complex64",
            DType.Complex128 => "complex128",
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
        if (typeof(T) == typeof(sbyte)) { return DType.Int8; }
        if (typeof(T) == typeof(short)) { return DType.Int16; }
        if (typeof(T) == typeof(ushort)) { return DType.UInt16; }
        if (typeof(T) == typeof(uint)) { return DType.UInt32; }
        if (typeof(T) == typeof(ulong)) { return DType.UInt64; }
        if (typeof(T) == typeof(Half)) { return DType.Float16; }
        if (typeof(T) == typeof(BFloat16)) { return DType.BFloat16; }
        if (typeof(T) == typeof(Complex64)) { return DType.Complex64; }
        if (typeof(T) == typeof(System.Numerics.Complex)) { return DType.Complex128; }
        throw new DTypeException($"dtype: no dtype holds elements of the C# type {typeof(T).Name}. Use bool, sbyte, byte, short, ushort, int, uint, long, ulong, Half, BFloat16, float, double, Complex64 or System.Numerics.Complex.");
    }

    static DTypeException Unknown(DType type) => new($"dtype: the number {(int)type} names no dtype.");
}
