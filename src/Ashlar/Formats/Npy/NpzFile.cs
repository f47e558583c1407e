using System.IO.Compression;

namespace Ashlar;

/// <summary>Several named arrays in NumPy's .npz format: a zip archive of .npy files.</summary>
/// <remarks>Arrays are read when asked for. Not for use by several threads at once.</remarks>
public sealed class NpzFile : IDisposable
{
    // The earliest time that a zip archive can name: equal arrays give equal bytes.
    static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    const string Extension = ".npy";

    readonly ZipArchive _archive;
    readonly string _file;

    NpzFile(ZipArchive archive, string file)
    {
        _archive = archive;
        _file = file;
        Names = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)).Select(entry => entry.FullName[..^Extension.Length])];
    }

    /// <summary>Names of the arrays, in the order of the archive.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads one array.</summary>
    /// <param name="name">Its name, as in <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The archive holds no array of the name.</exception>
    /// <exception cref="ParseException">The array is no .npy file, or the archive is damaged.</exception>
    public Tensor this[string name]
    {
        get
        {
            ZipArchiveEntry entry = _archive.GetEntry(name + Extension)
                ?? throw new KeyNotFoundException($"{_file}: no array is named '{name}'. It holds {Names.Count}: {string.Join(", ", Names.Take(20))}{(Names.Count > 20 ? ", …" : "")}.");
            string inside = $"{_file}, {entry.FullName}";
            try
            {
                using Stream stream = entry.Open();
                return NpyFile.Load(stream, inside);
            }
            catch (InvalidDataException e)
            {
                throw new ParseException(inside, -1, "damaged compressed data", "a whole entry of a zip archive", "Check that the file was copied whole.", e);
            }
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no zip archive.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpzFile Open(string path) => Open(File.OpenRead(path), path);

    /// <summary>Opens the bytes of a file.</summary>
    /// <param name="stream">Seekable; disposed with the result.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no zip archive.</exception>
    public static NpzFile Open(Stream stream, string file)
    {
        try
        {
            return new NpzFile(new ZipArchive(stream, ZipArchiveMode.Read), file);
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new ParseException(file, -1, "no zip archive", "the zip archive that numpy.savez writes", "Check that it is an .npz file and was copied whole.", e);
        }
    }

    /// <summary>Writes a file, whole or not at all. Equal arrays give equal bytes.</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <param name="arrays">Names and arrays; each name once.</param>
    /// <param name="compress">Whether to deflate, as numpy.savez_compressed does.</param>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false) =>
        AtomicFile.Write(path, stream => Save(stream, arrays, compress));

    /// <summary>Writes the bytes of a file.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="arrays">Names and arrays; each name once.</param>
    /// <param name="compress">Whether to deflate, as numpy.savez_compressed does.</param>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    public static void Save(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
    {
        var names = new HashSet<string>();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Tensor array) in arrays)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"NpzFile.Save: two arrays are named '{name}'. Give each a name of its own.");
            }

            ZipArchiveEntry entry = archive.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = NoTime;
            using Stream inside = entry.Open();
            NpyFile.Save(inside, array);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _archive.Dispose();
}
