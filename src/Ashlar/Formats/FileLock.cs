using System.Security.Cryptography;

namespace Ashlar;

/// <summary>A file that one process at a time holds and that goes when it is let go. The system frees the lock of a process that ends.</summary>
sealed class FileLock : IDisposable
{
    static readonly long Earliest = new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond;

    readonly string _path;
    readonly FileStream _stream;

    FileLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Takes the lock, or throws at once.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The folder does not exist, or another holder is under way.</exception>
    public static FileLock Take(string path)
    {
        // On Unix the lock of FileShare.None refuses others, on Windows the sharing mode does, which must allow the deletion itself.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        while (true)
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, share, bufferSize: 0);
            if (IsAt(stream, path))
            {
                return new FileLock(path, stream);
            }

            // Opened before the previous holder deleted it and locked after: a lock on a file without a name keeps nobody out.
            stream.Dispose();
        }
    }

    /// <summary>Deletes the file, then lets go.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        finally
        {
            _stream.Dispose();
        }
    }

    // One file has one date: a random one, set through the handle, is read through the name. Seconds survive file systems that keep no less.
    static bool IsAt(FileStream stream, string path)
    {
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, new DateTime((Earliest + RandomNumberGenerator.GetInt32(1 << 30)) * TimeSpan.TicksPerSecond, DateTimeKind.Utc));
        return File.Exists(path) && File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(stream.SafeFileHandle);
    }
}
