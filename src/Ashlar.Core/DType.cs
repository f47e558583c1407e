namespace Ashlar;

/// <summary>The type of a tensor's elements.</summary>
/// <remarks>The numbers are persisted in keys and files: append only, never renumber.</remarks>
public enum DType : byte
{
    /// <summary>True or false; one byte, 0 or 1.</summary>
    Bool = 0,

    /// <summary>Unsigned 8-bit integer; wraps.</summary>
    UInt8 = 1,

    /// <summary>Signed 32-bit integer; wraps.</summary>
    Int32 = 2,

    /// <summary>Signed 64-bit integer; wraps.</summary>
    Int64 = 3,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 4,

    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 5,

    /// <summary>Signed 8-bit integer; wraps.</summary>
    Int8 = 6,

    /// <summary>Signed 16-bit integer; wraps.</summary>
    Int16 = 7,

    /// <summary>Unsigned 16-bit integer; wraps.</summary>
    UInt16 = 8,

    /// <summary>Unsigned 32-bit integer; wraps.</summary>
    UInt32 = 9,

    /// <summary>Unsigned 64-bit integer; wraps.</summary>
    UInt64 = 10,

    /// <summary>IEEE 754 binary16: 11 significant bits, up to 65504. Computed in float32, rounded by every operation.</summary>
    Float16 = 11,

    /// <summary>The upper half of a float32: 8 significant bits, its whole range. Computed in float32, rounded by every operation.</summary>
    BFloat16 = 12,

    /// <summary>Two float32, real and imaginary part. A dtype of tensors only: nodes hold the pairs.</summary>
    Complex64 = 13,

    /// <summary>Two float64, real and imaginary part. A dtype of tensors only: nodes hold the pairs.</summary>
    Complex128 = 14,
}
