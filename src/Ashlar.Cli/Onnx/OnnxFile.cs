using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary>Models from the command line.</summary>
static class OnnxFile
{
    // So many files of a folder are offered in its place.
    const int MostOffered = 3;

    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    public static OnnxModel Load(string command, string path, OnnxLoadOptions? options = null)
    {
        if (File.Exists(path))
        {
            return OnnxModel.Load(path, options);
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"{command}: there is no file {path}. Give an .onnx file.");
        }

        string[] inside = [.. Directory.EnumerateFiles(path, "*.onnx").Order(StringComparer.Ordinal).Take(MostOffered)];
        throw new FileNotFoundException($"{command}: {path} is a folder. Give an .onnx file{(inside.Length == 0 ? "; it holds none" : $", such as {string.Join(", ", inside)}")}.");
    }
}
