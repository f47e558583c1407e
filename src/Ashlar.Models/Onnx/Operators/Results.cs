using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>The results of a call in the operator's order; null for one that was not asked for.</summary>
readonly struct Results(params OnnxValue?[] values)
{
    public OnnxValue?[] Values => values;

    public static implicit operator Results(Tensor tensor) => new(new OnnxTensor(tensor));

    public static implicit operator Results(OnnxValue value) => new(value);

    public static implicit operator Results(Tensor?[] tensors) => new(Array.ConvertAll(tensors, tensor => tensor is null ? null : (OnnxValue)new OnnxTensor(tensor)));

    public static implicit operator Results(OnnxValue?[] values) => new(values);

    public static implicit operator Results((Tensor First, Tensor Second) pair) => new(new OnnxTensor(pair.First), new OnnxTensor(pair.Second));
}
