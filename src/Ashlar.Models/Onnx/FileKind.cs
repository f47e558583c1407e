using System.Text;

namespace Ashlar.Onnx;

/// <summary>What a file is that is given as a model and is none: the mistakes that are made.</summary>
static class FileKind
{
    const int Looked = 64;

    static readonly (string Beginning, string What)[] Kinds =
    [
        ("version https://git-lfs", "it is a pointer of Git LFS, the model stands elsewhere. Fetch it with git lfs pull"),
        ("PK", "it is a zip file, as PyTorch's checkpoints are. Unpack it, or export the network with torch.onnx.export"),
        ("\u0093NUMPY", "it is a NumPy array. Give it as an input, and an .onnx file as the model"),
        ("\u0089HDF", "it is an HDF5 file, as Keras writes them. Convert it, for example with tf2onnx"),
        ("\u0080", "it is a pickle, as PyTorch's old checkpoints are. Export the network with torch.onnx.export"),
        ("<", "it is a page of the web or XML. Download the file itself"),
        ("{", "it is JSON. Give an .onnx file"),
    ];

    /// <summary>What the file is and what to do, without the last point; null where nothing is known of it.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="begin">Where they begin.</param>
    public static string? Of(Stream stream, long begin)
    {
        if (!stream.CanSeek)
        {
            return null;
        }

        stream.Position = begin;
        var bytes = new byte[Looked];
        int count = stream.ReadAtLeast(bytes, Looked, throwOnEndOfStream: false);
        string beginning = Encoding.Latin1.GetString(bytes, 0, count);
        return count == 0 ? "it is empty. Get the whole file again"
            : Kinds.FirstOrDefault(kind => beginning.StartsWith(kind.Beginning, StringComparison.Ordinal)).What
            ?? (bytes.AsSpan(0, count).ContainsAnyExceptInRange((byte)9, (byte)126) ? null : "it is text. Give an .onnx file");
    }
}
