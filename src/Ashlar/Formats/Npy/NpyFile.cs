namespace Ashlar;

/// <summary>Arrays in NumPy's .npy format (NumPy Enhancement Proposal 1), versions 1.0 to 3.0.</summary>
/// <remarks>A file may come from anywhere: what breaks the format is refused, and no more memory is taken than the file has bytes for. Pickled objects are never read.</remarks>
public static class NpyFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no .npy file, or holds a dtype that is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream, path);
    }

    /// <summary>Reads the bytes of a file from where a stream stands to its end.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no .npy file, or hold a dtype that is not supported.</exception>
    public static Tensor Load(Stream stream, string file)
    {
        NpyHeader header = NpyHeader.Read(stream, file);
        return NpyElements.Arrange(header, NpyElements.Read(stream, header, file));
    }

    /// <summary>Opens a file without reading it: the operating system brings in what is used. Big-endian files are read at once.</summary>
    /// <param name="path">The file's path. It must not change while a tensor of it is used.</param>
    /// <exception cref="ParseException">The file is no .npy file, or holds a dtype that is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Map(string path)
    {
        using FileStream stream = File.OpenRead(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        if (header.Swapped || header.Type == DType.Bool || stream.Position % header.Type.ItemSize != 0)
        {
            return NpyElements.Arrange(header, NpyElements.Read(stream, header, path));
        }

        NpyElements.CheckLength(stream.Length - stream.Position, header, path, stream.Position);
        return NpyElements.InOrder(header, MappedFile.Map(path, stream.Position, NpyElements.StoredShape(header), header.Type));
    }

    /// <summary>Writes a file, whole or not at all, as NumPy writes it: row-major, little-endian, version 1.0.</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <param name="tensor">The array.</param>
    /// <exception cref="DTypeException">NumPy has no such dtype.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Tensor tensor) => AtomicFile.Write(path, stream => Save(stream, tensor));

    /// <summary>Writes the bytes of a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensor">The array.</param>
    /// <exception cref="DTypeException">NumPy has no such dtype.</exception>
    public static void Save(Stream stream, Tensor tensor)
    {
        stream.Write(NpyHeader.Write(tensor.DType, tensor.Shape));
        stream.Write(tensor.ToBytes());
    }
}
