namespace Ashlar.Server.Index;

/// <summary>Held by the one process that writes an index; the system lets go of it when the process ends, however it ends.</summary>
/// <param name="path">A file beside the index.</param>
sealed class IndexLock(string path) : IDisposable
{
    FileStream? _file;

    /// <summary>Takes the lock if no process has it.</summary>
    public bool TryTake()
    {
        try
        {
            _file ??= new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _file?.Dispose();
}
