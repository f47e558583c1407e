namespace Ashlar;

/// <summary>A file that appears under its name whole or not at all.</summary>
/// <remarks>
/// The bytes go to <c>path + ".partial"</c> in the same folder; <see cref="Commit"/> forces them to the disk and renames. A process that is
/// killed before the rename leaves the previous file as it was, and the next writer of the path overwrites the partial file.
/// Disposing without a commit deletes the partial file. A second writer of the same path at the same time gets an <see cref="IOException"/>:
/// while a file is written, <c>path + ".partial.lock"</c> is locked. Readers are never refused.
/// After a power failure right behind <see cref="Commit"/> the name may still show the previous file, never a torn one.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    readonly FileLock _lock;
    readonly FileStream _stream;
    bool _closed;

    AtomicFile(string path, string partialPath, FileLock held)
    {
        Path = path;
        PartialPath = partialPath;
        _lock = held;
        _stream = new FileStream(partialPath, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Where the file appears at <see cref="Commit"/>; absolute.</summary>
    public string Path { get; }

    /// <summary>Where the bytes are until then; absolute.</summary>
    public string PartialPath { get; }

    /// <summary>What to write to.</summary>
    public Stream Stream => _stream;

    /// <summary>Begins a file; the one now at <paramref name="path"/>, if any, stays until <see cref="Commit"/>.</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <exception cref="IOException">The folder does not exist, the path is one, or another writer of the path is under way.</exception>
    public static AtomicFile Create(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException($"{path}: it is a folder. Name a file in it.");
        }

        if (System.IO.Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path}: there is no folder {folder}. Make it, or name another place.");
        }

        string partial = full + ".partial";
        FileLock held = FileLock.Take(partial + ".lock");
        try
        {
            return new AtomicFile(full, partial, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a whole file; on any exception the previous one stays.</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder does not exist, the disk is full, or another writer of the path is under way.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = Create(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Forces the bytes to the disk and gives the file its name, in place of the previous one.</summary>
    /// <exception cref="ObjectDisposedException">The file was committed or disposed before.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(PartialPath, Path, overwrite: true);
        _closed = true;
        _lock.Dispose();
    }

    /// <summary>Without a commit: deletes the partial file and leaves the previous one.</summary>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            try
            {
                // Before closing, which writes what is left and may find the disk full.
                File.Delete(PartialPath);
                _stream.Dispose();
            }
            finally
            {
                _lock.Dispose();
            }
        }
    }
}
