using Ashlar.Lab.Events;
using Microsoft.Win32.SafeHandles;

namespace Ashlar.Server.MLflow;

/// <summary>The event file of one run that clients log to. What is acknowledged is on the disk; requests that come while it is being forced there share the next turn.</summary>
sealed class MetricLog : IDisposable
{
    readonly SafeFileHandle _file;
    readonly Lock _gate = new();
    long _length;
    TaskCompletionSource? _next;
    bool _isCommitting;
    bool _isClosed;

    /// <param name="folder">Where the file goes.</param>
    /// <param name="clock">Names the file.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public MetricLog(string folder, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Directory.CreateDirectory(folder);
        _file = File.OpenHandle(Path.Combine(folder, EventFileName.New(folder, now)), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        byte[] version = EventEncoder.FileVersion(now.ToUnixTimeMilliseconds() / 1000.0);
        RandomAccess.Write(_file, version, 0);
        _length = version.Length;
        LastUse = clock.GetTimestamp();
    }

    /// <summary>When it was used last, by the clock of the process.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether the disk has refused; then another file must be begun.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Writes records; done when they are on the disk.</summary>
    /// <exception cref="IOException">The disk refuses; then none of the records is in the file.</exception>
    public Task Append(ReadOnlySpan<byte> records)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                RandomAccess.Write(_file, records, _length);
            }
            catch (IOException)
            {
                // What was written in part would end the reading of the file for good.
                HasFailed = true;
                RandomAccess.SetLength(_file, _length);
                throw;
            }

            _length += records.Length;
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task task = _next.Task;
            if (!_isCommitting)
            {
                _isCommitting = true;
                ThreadPool.UnsafeQueueUserWorkItem(log => log.Commit(), this, preferLocal: false);
            }

            return task;
        }
    }

    /// <summary>Waits for what is under way, and closes the file.</summary>
    public void Dispose()
    {
        Task? last;
        lock (_gate)
        {
            last = _isCommitting ? (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
            _isClosed = true;
        }

        try
        {
            last?.Wait();
        }
        catch (AggregateException)
        {
            // The requests that waited for it were told.
        }

        _file.Dispose();
    }

    void Commit()
    {
        while (true)
        {
            TaskCompletionSource turn;
            lock (_gate)
            {
                if (_next is null)
                {
                    _isCommitting = false;
                    return;
                }

                (turn, _next) = (_next, null);
            }

            try
            {
                RandomAccess.FlushToDisk(_file);
                turn.SetResult();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                HasFailed = true;
                turn.SetException(e);
            }
        }
    }
}
