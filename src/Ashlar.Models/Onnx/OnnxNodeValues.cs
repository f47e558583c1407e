using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>What a node of a model gave in one run.</summary>
/// <param name="Name">The node's name, or that of its first output.</param>
/// <param name="Operator">What it does.</param>
/// <param name="Outputs">Its outputs by their names in the file, those left out not among them.</param>
public sealed record OnnxNodeValues(string Name, string Operator, IReadOnlyList<(string Name, OnnxValue Value)> Outputs);
