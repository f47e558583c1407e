using System.Text;
using Ashlar.Onnx.Protobuf;
using Google.Protobuf;

namespace Ashlar.Onnx.Values;

/// <summary>From values to the messages of values; numbers as raw bytes.</summary>
static class TensorWriter
{
    /// <summary>A message of a value.</summary>
    public static TensorProto Of(string name, OnnxValue value)
    {
        var tensor = new TensorProto { Name = name };
        Write(tensor, value);
        return tensor;
    }

    /// <summary>Replaces the value of a message and keeps its name and notes.</summary>
    public static void Write(TensorProto tensor, OnnxValue value)
    {
        tensor.Dims.Clear();
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
        tensor.StringData.Clear();
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
        tensor.ClearRawData();
        if (value is OnnxStrings text)
        {
            tensor.DataType = (int)OnnxDType.String;
            tensor.Dims.Add(text.Shape.Select(extent => (long)extent));
            tensor.StringData.Add(text.Items.Select(item => ByteString.CopyFrom(item, Encoding.UTF8)));
            return;
        }

        OnnxTensor numbers = value as OnnxTensor ?? throw new OnnxException($"ONNX: {value} is written by no tensor message. Write tensors and text.");
        tensor.DataType = (int)numbers.Type;
        tensor.Dims.Add(numbers.Tensor.Shape.Select(extent => (long)extent));
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(Bytes(numbers));
    }

    /// <summary>The elements as they stand in files.</summary>
    public static byte[] Bytes(OnnxTensor value) => value.Type.IsCarried ? Packed(value) : value.Tensor.ToBytes();

    static byte[] Packed(OnnxTensor value)
    {
        int bits = value.Type.Bits;
        int perByte = 8 / bits;
        int[] codes = value.Type.IsNarrowFloat
            ? [.. value.Tensor.ToArray<float>().Select(number => NarrowFloat.Encode(value.Type, number))]
            : [.. value.Tensor.To(DType.Int32).ToArray<int>().Select(number => number & ((1 << bits) - 1))];
        var bytes = new byte[(codes.Length + perByte - 1) / perByte];
        for (int i = 0; i < codes.Length; i++)
        {
            bytes[i / perByte] |= (byte)(codes[i] << (i % perByte * bits));
        }

        return bytes;
    }
}
