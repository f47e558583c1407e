namespace Ashlar.Onnx.Values;

/// <summary>What is known of each <see cref="OnnxDType"/>: its width in files and the dtype that carries it.</summary>
public static class OnnxDTypeFacts
{
    extension(OnnxDType type)
    {
        /// <summary>The dtype of the tensors that hold such elements.</summary>
        /// <exception cref="OnnxException">Text and unknown numbers have none.</exception>
        public DType Carrier => type switch
        {
            OnnxDType.Float32 => DType.Float32,
            OnnxDType.UInt8 => DType.UInt8,
            OnnxDType.Int8 => DType.Int8,
            OnnxDType.UInt16 => DType.UInt16,
            OnnxDType.Int16 => DType.Int16,
            OnnxDType.Int32 => DType.Int32,
            OnnxDType.Int64 => DType.Int64,
            OnnxDType.Bool => DType.Bool,
            OnnxDType.Float16 => DType.Float16,
            OnnxDType.Float64 => DType.Float64,
            OnnxDType.UInt32 => DType.UInt32,
            OnnxDType.UInt64 => DType.UInt64,
            OnnxDType.Complex64 => DType.Complex64,
            OnnxDType.Complex128 => DType.Complex128,
            OnnxDType.BFloat16 => DType.BFloat16,
            OnnxDType.UInt4 or OnnxDType.UInt2 => DType.UInt8,
            OnnxDType.Int4 or OnnxDType.Int2 => DType.Int8,
            _ when type.IsNarrowFloat => DType.Float32,
            _ => throw new OnnxException($"ONNX: elements of type {type} are held by no tensor. Numbers of 1 to 26 except 8 (text) are."),
        };

        /// <summary>Bits of one element in a file.</summary>
        public int Bits => type switch
        {
            OnnxDType.UInt2 or OnnxDType.Int2 => 2,
            OnnxDType.UInt4 or OnnxDType.Int4 or OnnxDType.Float4E2M1 => 4,
            _ when type.IsNarrowFloat => 8,
            _ => type.Carrier.ItemSize * 8,
        };

        /// <summary>Whether a float of 8 or 4 bits, carried by float32.</summary>
        public bool IsNarrowFloat => type is >= OnnxDType.Float8E4M3FN and <= OnnxDType.Float8E5M2FNUZ or OnnxDType.Float4E2M1 or OnnxDType.Float8E8M0;

        /// <summary>Whether an integer of 4 or 2 bits, carried by 8.</summary>
        public bool IsNarrowInteger => type is OnnxDType.UInt4 or OnnxDType.Int4 or OnnxDType.UInt2 or OnnxDType.Int2;

        /// <summary>Whether the carrier holds more values than the type has.</summary>
        public bool IsCarried => type.IsNarrowFloat || type.IsNarrowInteger;
    }
}
