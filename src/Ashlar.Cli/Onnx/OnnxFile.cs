using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary>Models from the command line.</summary>
static class OnnxFile
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxModel Load(string command, string path) => File.Exists(path)
        ? OnnxModel.Load(path)
        : throw new FileNotFoundException($"{command}: there is no file {path}. Give an .onnx file.");
}
