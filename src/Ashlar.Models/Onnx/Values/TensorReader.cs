using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Ashlar.Onnx.Protobuf;

namespace Ashlar.Onnx.Values;

/// <summary>From the messages of values to values. Nothing is allocated that the bytes of the message do not pay for.</summary>
static class TensorReader
{
    /// <exception cref="OnnxException">The message contradicts itself.</exception>
    public static OnnxValue Read(TensorProto tensor, ExternalData? external = null)
    {
        var type = (OnnxDType)tensor.DataType;
        Shape shape = ShapeOf(tensor);
        if (type == OnnxDType.String)
        {
            return tensor.StringData.Count == shape.Size
                ? new OnnxStrings(shape, [.. tensor.StringData.Select(text => text.ToString(Encoding.UTF8))])
                : throw Damaged(tensor, $"{tensor.StringData.Count} texts for the shape {shape}");
        }

        if (!Enum.IsDefined(type) || type == OnnxDType.Undefined)
        {
            throw Damaged(tensor, $"the element type {tensor.DataType}, which this format does not have");
        }

        if (tensor.Segment is not null)
        {
            throw new OnnxException($"ONNX: tensor '{tensor.Name}' is one segment of a larger one, which no version of the format says how to join. Export it whole, or as external data.");
        }

        long length = (((long)shape.Size * type.Bits) + 7) / 8;
        ReadOnlySpan<byte> bytes = tensor.DataLocation == TensorProto.Types.DataLocation.External ? (external ?? ExternalData.None).Read(tensor, length)
            : tensor.HasRawData ? tensor.RawData.Span
            : Typed(tensor, type);
        if (bytes.Length != length)
        {
            throw Damaged(tensor, $"{bytes.Length} bytes, where {type}{shape} asks for {length}");
        }

        return new OnnxTensor(ToTensor(bytes, type, shape), type);
    }

    /// <exception cref="OnnxException">The message contradicts itself.</exception>
    public static OnnxValue Read(SequenceProto sequence) => new OnnxSequence((int)sequence.ElemType switch
    {
        1 => [.. sequence.TensorValues.Select(tensor => Read(tensor))],
        3 => [.. sequence.SequenceValues.Select(Read)],
        4 => [.. sequence.MapValues.Select(Read)],
        5 => [.. sequence.OptionalValues.Select(Read)],
        0 => [],
        _ => throw new OnnxException($"ONNX: sequence '{sequence.Name}' holds elements of kind {sequence.ElemType}. Tensors, sequences, maps and optionals are read."),
    });

    /// <exception cref="OnnxException">The message contradicts itself.</exception>
    public static OnnxMap Read(MapProto map)
    {
        object[] keys = map.KeyType == (int)OnnxDType.String ? [.. map.StringKeys.Select(key => key.ToString(Encoding.UTF8))] : [.. map.Keys.Select(key => (object)key)];
        object[] values = [.. ((map.Values is { } sequence ? Read(sequence) : new OnnxSequence([])) as OnnxSequence)!.Items.SelectMany(Items)];
        return keys.Length == values.Length ? new OnnxMap(keys, values) : throw new OnnxException($"ONNX: map '{map.Name}' has {keys.Length} keys and {values.Length} values. The file is damaged; export it again.");
    }

    static IEnumerable<object> Items(OnnxValue value) => value switch
    {
        OnnxStrings text => text.Items,
        OnnxTensor { Tensor.DType: DType.Float32 } tensor => tensor.Tensor.ToArray<float>().Select(number => (object)number),
        OnnxTensor { Tensor.DType.IsFloating: true } tensor => tensor.Tensor.To(DType.Float64).ToArray<double>().Select(number => (object)number),
        OnnxTensor tensor => tensor.Tensor.To(DType.Int64).ToArray<long>().Select(number => (object)number),
        _ => throw new OnnxException($"ONNX: a map holds {value}, wanted numbers or text. Export it again."),
    };

    /// <exception cref="OnnxException">The message contradicts itself.</exception>
    public static OnnxValue Read(OptionalProto optional) => new OnnxOptional(optional switch
    {
        { TensorValue: { } tensor } => Read(tensor),
        { SequenceValue: { } sequence } => Read(sequence),
        { MapValue: { } map } => Read(map),
        { OptionalValue: { } inner } => Read(inner),
        _ => null,
    });

    /// <summary>The elements as they stand in files, from bytes to a tensor of the carrier.</summary>
    internal static Tensor ToTensor(ReadOnlySpan<byte> bytes, OnnxDType type, Shape shape)
    {
        if (!type.IsCarried)
        {
            if (type == OnnxDType.Bool)
            {
                bytes = bytes.ToArray().Select(value => value == 0 ? (byte)0 : (byte)1).ToArray();
            }

            return Tensor.FromBytes(bytes, type.Carrier, shape);
        }

        int perByte = 8 / type.Bits;
        int mask = (1 << type.Bits) - 1;
        if (type.IsNarrowFloat)
        {
            float[] meanings = [.. Enumerable.Range(0, mask + 1).Select(code => NarrowFloat.Decode(type, code))];
            var floats = new float[shape.Size];
            for (int i = 0; i < floats.Length; i++)
            {
                floats[i] = meanings[(bytes[i / perByte] >> (i % perByte * type.Bits)) & mask];
            }

            return Tensor.FromBytes(MemoryMarshal.AsBytes<float>(floats), DType.Float32, shape);
        }

        var codes = new byte[shape.Size];
        bool signed = type is OnnxDType.Int4 or OnnxDType.Int2;
        for (int i = 0; i < codes.Length; i++)
        {
            int code = (bytes[i / perByte] >> (i % perByte * type.Bits)) & mask;
            codes[i] = (byte)(signed && code > mask / 2 ? code - mask - 1 : code);
        }

        return Tensor.FromBytes(codes, type.Carrier, shape);
    }

    /// <summary>The extents of a message, whose product is a number of elements that a tensor may have.</summary>
    internal static Shape ShapeOf(TensorProto tensor)
    {
        if (tensor.Dims.Count > Shape.MaxRank)
        {
            throw Damaged(tensor, $"{tensor.Dims.Count} axes, where {Shape.MaxRank} are the most");
        }

        long size = 1;
        foreach (long extent in tensor.Dims)
        {
            if (extent < 0 || extent > int.MaxValue || (size *= extent) > int.MaxValue)
            {
                throw Damaged(tensor, $"the extents [{string.Join(", ", tensor.Dims)}]; they are 0 or more, of 2147483647 elements at most");
            }
        }

        return new Shape([.. tensor.Dims.Select(extent => (int)extent)]);
    }

    static byte[] Typed(TensorProto tensor, OnnxDType type) => type switch
    {
        OnnxDType.Float32 or OnnxDType.Complex64 => MemoryMarshal.AsBytes<float>([.. tensor.FloatData]).ToArray(),
        OnnxDType.Float64 or OnnxDType.Complex128 => MemoryMarshal.AsBytes<double>([.. tensor.DoubleData]).ToArray(),
        OnnxDType.Int64 => MemoryMarshal.AsBytes<long>([.. tensor.Int64Data]).ToArray(),
        OnnxDType.UInt64 => MemoryMarshal.AsBytes<ulong>([.. tensor.Uint64Data]).ToArray(),
        OnnxDType.UInt32 => MemoryMarshal.AsBytes<uint>([.. tensor.Uint64Data.Select(value => (uint)value)]).ToArray(),
        _ => Narrowed(tensor, Math.Max(1, type.Bits / 8)),
    };

    // Types of 32 bits and less are stored one in each int32; of 4 and 2 bits as many in each as a byte holds.
    static byte[] Narrowed(TensorProto tensor, int width)
    {
        var bytes = new byte[tensor.Int32Data.Count * width];
        Span<byte> item = stackalloc byte[4];
        for (int i = 0; i < tensor.Int32Data.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(item, tensor.Int32Data[i]);
            item[..width].CopyTo(bytes.AsSpan(i * width));
        }

        return bytes;
    }

    static OnnxException Damaged(TensorProto tensor, string what) =>
        new($"ONNX: tensor '{tensor.Name}' has {what}. The file is damaged; export it again.");
}
