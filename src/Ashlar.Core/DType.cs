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
}
