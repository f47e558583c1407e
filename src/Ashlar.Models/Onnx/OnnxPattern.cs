namespace Ashlar.Onnx;

/// <summary>Nodes of a model that together are one layer or function, as exporters write it out.</summary>
/// <param name="Name">attention, layer norm, RMS norm, gelu, gelu (tanh), silu, rotary embedding, or convolution and batch norm.</param>
/// <param name="Nodes">Names of the nodes, in the order in which they run.</param>
public sealed record OnnxPattern(string Name, IReadOnlyList<string> Nodes);
