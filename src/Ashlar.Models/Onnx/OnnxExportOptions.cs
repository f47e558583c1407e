namespace Ashlar.Onnx;

/// <summary>How a model is written.</summary>
/// <param name="Opset">Version of the operator set, 13 to 27.</param>
/// <param name="SymbolicBatch">Whether the first axis of every input is a batch of any extent, named batch.</param>
/// <param name="Metadata">Facts that the file carries.</param>
/// <param name="InputNames">Names of the inputs; null means input, or input_0 and so on.</param>
/// <param name="OutputNames">Names of the outputs; null means output, or output_0 and so on.</param>
public sealed record OnnxExportOptions(int Opset = 17, bool SymbolicBatch = true, IReadOnlyDictionary<string, string>? Metadata = null, IReadOnlyList<string>? InputNames = null, IReadOnlyList<string>? OutputNames = null)
{
    /// <summary>Axes besides the batch that may have any extent: input, axis, and the name in the file; axes of one name are as long as each other. For example <c>("input", 1, "length")</c>.</summary>
    /// <remarks>Extents may follow them by a factor or a difference, two of them by their sum or product; others are an error at the export. The function is recorded with the given extent and some near it.</remarks>
    public IReadOnlyList<(string Input, int Axis, string Name)>? SymbolicAxes { get; init; }

    /// <summary>Bytes of weights beyond which they stand in a second file beside the model, its name with <c>.data</c> behind: no file of the format itself may be longer than 2 GiB.</summary>
    public long LargestInline { get; init; } = 2_000_000_000;

    /// <summary>Is told the share of the weights that is written, 0 to 1; null for nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
