namespace Ashlar.Onnx.Values;

/// <summary>Element types of the format, with its numbers. Append-only: the numbers stand in files.</summary>
public enum OnnxDType
{
    /// <summary>No type.</summary>
    Undefined = 0,

    /// <summary>float32.</summary>
    Float32 = 1,

    /// <summary>uint8.</summary>
    UInt8 = 2,

    /// <summary>int8.</summary>
    Int8 = 3,

    /// <summary>uint16.</summary>
    UInt16 = 4,

    /// <summary>int16.</summary>
    Int16 = 5,

    /// <summary>int32.</summary>
    Int32 = 6,

    /// <summary>int64.</summary>
    Int64 = 7,

    /// <summary>Text, held on the host.</summary>
    String = 8,

    /// <summary>bool.</summary>
    Bool = 9,

    /// <summary>float16.</summary>
    Float16 = 10,

    /// <summary>float64.</summary>
    Float64 = 11,

    /// <summary>uint32.</summary>
    UInt32 = 12,

    /// <summary>uint64.</summary>
    UInt64 = 13,

    /// <summary>Pairs of float32.</summary>
    Complex64 = 14,

    /// <summary>Pairs of float64.</summary>
    Complex128 = 15,

    /// <summary>bfloat16.</summary>
    BFloat16 = 16,

    /// <summary>1 sign, 4 exponent, 3 fraction bits, finite; carried by float32.</summary>
    Float8E4M3FN = 17,

    /// <summary>As <see cref="Float8E4M3FN"/> with bias 8 and no negative zero; carried by float32.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>1 sign, 5 exponent, 2 fraction bits; carried by float32.</summary>
    Float8E5M2 = 19,

    /// <summary>As <see cref="Float8E5M2"/> with bias 16, finite and no negative zero; carried by float32.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>0 to 15; carried by uint8.</summary>
    UInt4 = 21,

    /// <summary>-8 to 7; carried by int8.</summary>
    Int4 = 22,

    /// <summary>±0, 0.5, 1, 1.5, 2, 3, 4, 6; carried by float32.</summary>
    Float4E2M1 = 23,

    /// <summary>Powers of two from 2⁻¹²⁷ to 2¹²⁷; carried by float32.</summary>
    Float8E8M0 = 24,

    /// <summary>0 to 3; carried by uint8.</summary>
    UInt2 = 25,

    /// <summary>-2 to 1; carried by int8.</summary>
    Int2 = 26,
}
