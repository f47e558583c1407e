using System.CommandLine;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx</c>: models that others made.</summary>
static class OnnxCommand
{
    public static readonly IReadOnlyDictionary<string, string[]> Examples = new Dictionary<string, string[]>
    {
        ["onnx"] = ["ashlar onnx show model.onnx", "ashlar onnx run model.onnx --input x=x.npy", "ashlar onnx test cases"],
        ["onnx show"] = OnnxShowCommand.Examples,
        ["onnx check"] = OnnxCheckCommand.Examples,
        ["onnx run"] = OnnxRunCommand.Examples,
        ["onnx compare"] = OnnxCompareCommand.Examples,
        ["onnx export"] = OnnxExportCommand.Examples,
        ["onnx bench"] = OnnxBenchCommand.Examples,
        ["onnx test"] = OnnxTestCommand.Examples,
    };

    public static Command Build() => new("onnx", "Shows, checks, runs, compares, writes, times and tests ONNX models.")
    {
        new OnnxShowCommand().Build(),
        new OnnxCheckCommand().Build(),
        new OnnxRunCommand().Build(),
        new OnnxCompareCommand().Build(),
        new OnnxExportCommand().Build(),
        new OnnxBenchCommand().Build(),
        new OnnxTestCommand().Build(),
    };
}
