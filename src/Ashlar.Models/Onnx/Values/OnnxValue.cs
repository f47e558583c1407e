namespace Ashlar.Onnx.Values;

/// <summary>What flows along an edge of a model: a tensor, text, a sequence, an optional or a map.</summary>
public abstract class OnnxValue
{
    private protected OnnxValue()
    {
    }

    /// <summary>Type and shape, as messages write them: float32[1, 3].</summary>
    public abstract override string ToString();

    /// <summary>A tensor under its own element type.</summary>
    public static implicit operator OnnxValue(Tensor tensor) => new OnnxTensor(tensor);

    /// <summary>The tensor of a value that is one: <c>(Tensor)results["y"]</c>.</summary>
    /// <exception cref="OnnxException">It is text, a sequence, an optional or a map.</exception>
    public static explicit operator Tensor(OnnxValue value) => value is OnnxTensor tensor ? tensor.Tensor : throw new OnnxException($"ONNX: the value is {value}, no tensor of numbers. Take it as {value.GetType().Name}.");
}
