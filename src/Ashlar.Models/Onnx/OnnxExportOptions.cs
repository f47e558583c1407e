namespace Ashlar.Onnx;

/// <summary>How a model is written.</summary>
/// <param name="Opset">Version of the operator set, 13 to 27.</param>
/// <param name="SymbolicBatch">Whether the first axis of every input is a batch of any extent, named batch.</param>
/// <param name="Metadata">Facts that the file carries.</param>
/// <param name="InputNames">Names of the inputs; null means input, or input_0 and so on.</param>
/// <param name="OutputNames">Names of the outputs; null means output, or output_0 and so on.</param>
public sealed record OnnxExportOptions(int Opset = 17, bool SymbolicBatch = true, IReadOnlyDictionary<string, string>? Metadata = null, IReadOnlyList<string>? InputNames = null, IReadOnlyList<string>? OutputNames = null);
