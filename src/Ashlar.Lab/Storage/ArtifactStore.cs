using System.Security.Cryptography;

namespace Ashlar.Lab.Storage;

/// <summary>Keeps contents by their SHA-256 in files <c>ab/cdef…</c>: equal contents are kept once, and a content never changes under its name.</summary>
/// <param name="folder">The store's folder; made when something is added.</param>
/// <remarks>
/// A content is hashed on its way into a file in <c>partial/</c>, forced to the disk, and renamed, so that what bears a hash is whole also when the process is killed or the power fails.
/// Any number of threads and processes may add at the same time.
/// </remarks>
public sealed class ArtifactStore(string folder)
{
    const int HashLength = 2 * SHA256.HashSizeInBytes;

    // An addition that is a day old was killed.
    static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    bool _isCleared;

    /// <summary>The store's folder; absolute.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    string Partial => Path.Combine(Folder, "partial");

    /// <summary>Whether a text is the form of a hash: 64 lower-case hexadecimal digits.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Adds what a stream holds from its position on; gives the SHA-256 in lower-case hexadecimal digits.</summary>
    /// <param name="content">Read to its end, not closed.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; nothing was added.</exception>
    public string Add(Stream content)
    {
        ClearAbandoned();
        Directory.CreateDirectory(Partial);
        string partial = Path.Combine(Partial, Path.GetRandomFileName());
        try
        {
            (string hash, long length) = Write(content, partial);
            Place(partial, PathOf(hash), length);
            return hash;
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What the runtime makes of a limit on the size of files.
            File.Delete(partial);
            throw new IOException($"artifact store: '{Folder}' takes no file of that size: {e.Message} Raise the limit, or keep the store on another disk.", e);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Adds a file's content; gives its SHA-256.</summary>
    /// <param name="path">The file; it stays.</param>
    /// <exception cref="IOException">The file cannot be read, or the store not be written; nothing was added.</exception>
    public string Add(string path)
    {
        using FileStream content = File.OpenRead(path);
        return Add(content);
    }

    /// <summary>Adds bytes; gives their SHA-256.</summary>
    /// <param name="content">The bytes.</param>
    /// <exception cref="IOException">The store cannot be written; nothing was added.</exception>
    public string Add(ReadOnlySpan<byte> content)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        return Add(stream);
    }

    /// <summary>Whether a content is here.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <exception cref="ArgumentException">The text has not the form of a hash.</exception>
    public bool Contains(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Where a content is, or would be. Who reads the file directly gets its bytes unchecked.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <exception cref="ArgumentException">The text has not the form of a hash, and so may be no path inside the store.</exception>
    public string PathOf(string sha256) =>
        IsHash(sha256)
            ? Path.Combine(Folder, sha256[..2], sha256[2..])
            : throw new ArgumentException($"artifact store: '{sha256}' is no SHA-256. Give {HashLength} lower-case hexadecimal digits.", nameof(sha256));

    /// <summary>Opens a content to be read from its beginning to its end; the bytes are checked on the way.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <returns>A stream whose read at the end throws an <see cref="InvalidDataException"/> when the bytes were not those of the hash.</returns>
    /// <exception cref="ArgumentException">The text has not the form of a hash.</exception>
    /// <exception cref="FileNotFoundException">The content is not here.</exception>
    public Stream OpenRead(string sha256)
    {
        string path = PathOf(sha256);
        return File.Exists(path)
            ? new VerifyingStream(File.OpenRead(path), sha256)
            : throw new FileNotFoundException($"artifact store: '{Folder}' has no content {sha256}. Copy the store of the run's machine, or make the run again.", path);
    }

    /// <summary>The hashes of all contents, in ordinal order.</summary>
    public IEnumerable<string> Hashes() =>
        Directory.Exists(Folder)
            ? Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal)
                .SelectMany(part => Directory.EnumerateFiles(part).Order(StringComparer.Ordinal).Select(file => Path.GetFileName(part) + Path.GetFileName(file)))
                .Where(IsHash)
            : [];

    /// <summary>Whether a content is here and has the bytes of its hash.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <exception cref="ArgumentException">The text has not the form of a hash.</exception>
    public bool Verify(string sha256)
    {
        string path = PathOf(sha256);
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256;
    }

    // What is there already is replaced by what was just hashed, so that adding mends a damaged content. Windows refuses that while somebody reads it.
    static void Place(string partial, string path, long length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && File.Exists(path) && new FileInfo(path).Length == length)
        {
            File.Delete(partial);
        }
    }

    static (string Hash, long Length) Write(Stream content, string partial)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var bytes = new byte[1 << 17];
        for (int read; (read = content.Read(bytes)) > 0;)
        {
            hash.AppendData(bytes, 0, read);
            file.Write(bytes, 0, read);
        }

        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length);
    }

    void ClearAbandoned()
    {
        if (!_isCleared && Directory.Exists(Partial))
        {
            DateTime before = TimeProvider.System.GetUtcNow().UtcDateTime - Abandoned;
            foreach (string file in Directory.EnumerateFiles(Partial).Where(file => File.GetLastWriteTimeUtc(file) < before))
            {
                File.Delete(file);
            }
        }

        _isCleared = true;
    }
}
