namespace Ashlar;

/// <summary>The names that safetensors files give to dtypes.</summary>
static class SafetensorsDType
{
    /// <summary>The supported names, as error messages list them.</summary>
    public const string Supported = "one of BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64";

    public static string NameOf(DType type) => type switch
    {
        DType.Bool => "BOOL",
        DType.UInt8 => "U8",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        DType.Int8 => "I8",
        DType.Int16 => "I16",
        DType.UInt16 => "U16",
        DType.UInt32 => "U32",
        DType.UInt64 => "U64",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        _ => throw new DTypeException($"safetensors: {type.Name} has no name in the format. Convert the tensor to {Supported}."),
    };

    public static DType? Find(string name) => name switch
    {
        "BOOL" => DType.Bool,
        "U8" => DType.UInt8,
        "I32" => DType.Int32,
        "I64" => DType.Int64,
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        "I8" => DType.Int8,
        "I16" => DType.Int16,
        "U16" => DType.UInt16,
        "U32" => DType.UInt32,
        "U64" => DType.UInt64,
        "F16" => DType.Float16,
        "BF16" => DType.BFloat16,
        _ => null,
    };
}
