namespace Ashlar.Onnx.Values;

/// <summary>A model is no ONNX, asks for what is not there, or a node of it failed. The message names the node and the shapes of its inputs.</summary>
public sealed class OnnxException : Exception
{
    /// <param name="message">Where, what with the values, what to do.</param>
    public OnnxException(string message)
        : base(message)
    {
    }

    /// <param name="message">Where, what with the values, what to do.</param>
    /// <param name="cause">What the node threw.</param>
    public OnnxException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>The shapes that the node saw which failed; empty where none did.</summary>
    internal IReadOnlyList<Shape> Seen { get; init; } = [];

    /// <summary>The first value that the failing node gives, by name; "" where none failed.</summary>
    internal string Value { get; init; } = "";
}
