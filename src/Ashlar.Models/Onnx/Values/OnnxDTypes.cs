namespace Ashlar.Onnx.Values;

/// <summary>The element types of the format that dtypes are.</summary>
public static class OnnxDTypes
{
    static readonly OnnxDType[] Own =
    [
        OnnxDType.Float32, OnnxDType.UInt8, OnnxDType.Int8, OnnxDType.UInt16, OnnxDType.Int16, OnnxDType.Int32, OnnxDType.Int64, OnnxDType.Bool, OnnxDType.Float16,
        OnnxDType.Float64, OnnxDType.UInt32, OnnxDType.UInt64, OnnxDType.Complex64, OnnxDType.Complex128, OnnxDType.BFloat16,
    ];

    static readonly Dictionary<DType, OnnxDType> ByDType = Own.ToDictionary(type => type.Carrier);

    extension(DType type)
    {
        /// <summary>The element type of the format that a dtype is.</summary>
        public OnnxDType OnnxDType => ByDType[type];
    }
}
