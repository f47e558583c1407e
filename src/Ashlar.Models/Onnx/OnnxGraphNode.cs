namespace Ashlar.Onnx;

/// <summary>A node of a model as its file has it.</summary>
/// <param name="Name">Its name, or that of its first output.</param>
/// <param name="Operator">What it does, with its domain where that is not ONNX's own.</param>
/// <param name="Inputs">Names of the values that it reads, "" where left out.</param>
/// <param name="Outputs">Names of the values that it gives, "" where nobody asks.</param>
/// <param name="Flops">Operations of one run, a multiplication and its addition as two; null where its shapes are not known.</param>
public sealed record OnnxGraphNode(string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, long? Flops);
