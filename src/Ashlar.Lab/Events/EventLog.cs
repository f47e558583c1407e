using System.Text;

namespace Ashlar.Lab.Events;

/// <summary>Writes events into an event file of TensorBoard's format, from a thread of its own.</summary>
/// <remarks>
/// A scalar goes into a ring and costs its caller far less than a microsecond; the thread writes the ring out four times a second and forces it to the disk at least every second.
/// A full ring makes the caller wait; nothing is dropped. Any thread may log.
/// A fault of the disk never reaches the caller: it is kept in <see cref="Fault"/>, said once, and the log tries again every second. Meanwhile 64 MiB of events are kept; only what is beyond is lost, and counted.
/// When the process ends in order without <see cref="Dispose"/>, what is in the ring is still written.
/// </remarks>
public sealed class EventLog : IDisposable
{
    const int MostTags = 1 << 16;
    const long MostPending = 64 << 20;

    static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    readonly EventRing _ring = new();
    readonly EventFileWriter _file;
    readonly Dictionary<string, byte[]> _tags = [];
    readonly TimeProvider _time = TimeProvider.System;
    readonly Action<string> _say;
    readonly Thread _thread;
    readonly object _gate = new();
    long _pending;
    long _durable;
    long _flush;
    long _lost;
    volatile bool _isStopping;
    bool _isDisposed;

    EventLog(string folder, Func<Stream>? open, long? firstStep, Action<string>? say)
    {
        Folder = folder;
        _say = say ?? Console.Error.WriteLine;
        _file = new EventFileWriter(open ?? Open);
        double now = Seconds(_time.GetUtcNow().Ticks);
        Append(EventEncoder.FileVersion(now));

        // TensorBoard takes a folder's first session for its beginning, whatever its step, and hides nothing; so every file has one.
        Append(EventEncoder.Encode(new SessionStartEvent(firstStep ?? SessionStartEvent.HidesNothing, now), now));

        _thread = new Thread(Work) { IsBackground = true, Name = "event log" };
        _thread.Start();
        AppDomain.CurrentDomain.ProcessExit += AtExit;
    }

    /// <summary>Where the file is.</summary>
    public string Folder { get; }

    /// <summary>The first refusal of the disk, with the path and what to do; null as long as there was none. It stays when the disk takes events again.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>Events that were lost because the disk refused for long.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Begins a new event file in a folder, behind all that are there.</summary>
    /// <param name="folder">The folder; made when absent.</param>
    /// <param name="firstStep">The step from which on this process writes: events of other files in the folder with that step or a later one are hidden. Null hides nothing; who learns the step later writes a <see cref="SessionStartEvent"/>.</param>
    /// <param name="say">Takes the message of the first fault; null writes it to the error stream.</param>
    public static EventLog Create(string folder, long? firstStep = null, Action<string>? say = null) => new(folder, null, firstStep, say);

    /// <summary>As <see cref="Create(string, long?, Action{string}?)"/>, into a stream.</summary>
    internal static EventLog Create(string folder, Func<Stream> open, Action<string>? say = null) => new(folder, open, null, say);

    /// <summary>Logs a number.</summary>
    /// <param name="tag">Its name; <c>/</c> parts it into groups.</param>
    /// <param name="value">The number; every bit of it is kept.</param>
    /// <param name="step">The step it belongs to.</param>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public void Scalar(string tag, double value, long step)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ObjectDisposedException.ThrowIf(_isStopping, this);
        _ring.Add(new EventRing.Entry { Payload = tag, Value = value, Step = step, Ticks = _time.GetUtcNow().Ticks });
    }

    /// <summary>Logs any event. All but scalars are put into their stored form on the calling thread, so their arrays may be used again at once.</summary>
    /// <param name="e">The event; a time of 0 means now.</param>
    /// <exception cref="ArgumentException">A hyperparameter is no double, bool or string; the event is longer than 1 GiB; its kind is none of this namespace.</exception>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public void Write(LoggedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        ObjectDisposedException.ThrowIf(_isStopping, this);
        long now = _time.GetUtcNow().Ticks;
        if (e is ScalarEvent scalar)
        {
            long ticks = e.WallTime == 0 ? now : DateTime.UnixEpoch.Ticks + (long)(e.WallTime * TimeSpan.TicksPerSecond);
            _ring.Add(new EventRing.Entry { Payload = scalar.Tag, Value = scalar.Value, Step = scalar.Step, Ticks = ticks });
            return;
        }

        byte[] record = EventEncoder.Encode(e, e.WallTime == 0 ? Seconds(now) : e.WallTime);
        while (Volatile.Read(ref _pending) > MostPending)
        {
            // Pictures come faster than the disk takes them: wait, as for a full ring.
            _ring.Wake();
            Thread.Sleep(1);
        }

        Interlocked.Add(ref _pending, record.Length);
        _ring.Add(new EventRing.Entry { Payload = record });
    }

    /// <summary>Waits until all that was logged before is on the disk, or the disk has refused it (<see cref="Fault"/>).</summary>
    public void Flush()
    {
        long target = _ring.Written;
        lock (_gate)
        {
            _flush = Math.Max(_flush, target);
            _ring.Wake();
            while (_durable < target && _thread.IsAlive)
            {
                Monitor.Wait(_gate, WriteEvery);
            }
        }
    }

    /// <summary>Writes out what was logged, forces it to the disk and closes the file.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            AppDomain.CurrentDomain.ProcessExit -= AtExit;
            _isStopping = true;
            _ring.Wake();
            _thread.Join();
        }
    }

    static double Seconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    void AtExit(object? sender, EventArgs e) => Dispose();

    FileStream Open()
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, EventFileName.New(Folder, _time.GetUtcNow()));
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    void Work()
    {
        long lastSync = _time.GetTimestamp();
        long lastTry = lastSync;
        while (true)
        {
            bool isLast = _isStopping;
            long flush = Flushing();
            bool mayWrite = _file.Refusal is null || isLast || flush > _durable || _time.GetElapsedTime(lastTry) >= RetryEvery;
            bool more = Drain();
            if (mayWrite)
            {
                lastTry = _time.GetTimestamp();
                _file.Write();
                if (isLast || flush > _durable || _time.GetElapsedTime(lastSync) >= SyncEvery)
                {
                    _file.Sync();
                    lastSync = _time.GetTimestamp();
                    Synced();
                }

                Report();
            }

            if (isLast && !more)
            {
                _file.Dispose();
                Synced();
                return;
            }

            if (!more)
            {
                _ring.WaitForWake(WriteEvery);
            }
        }
    }

    /// <summary>Takes at most one turn of the ring, so that writing and syncing come in between; true when there may be more.</summary>
    bool Drain()
    {
        for (int i = 0; i < EventRing.Capacity; i++)
        {
            if (!_ring.TryTake(out EventRing.Entry entry))
            {
                // A writer that has its ticket is about to fill its place.
                return _isStopping && _ring.Read < _ring.Written;
            }

            if (entry.Payload is byte[] record)
            {
                Append(record);
                Interlocked.Add(ref _pending, -record.Length);
            }
            else
            {
                byte[] tag = Utf8((string)entry.Payload);
                Span<byte> room = _file.Room(ScalarEncoder.Most(tag));
                if (!room.IsEmpty)
                {
                    _file.Take(ScalarEncoder.Write(room, tag, entry.Step, Seconds(entry.Ticks), entry.Value));
                }
            }
        }

        return true;
    }

    void Append(ReadOnlySpan<byte> record)
    {
        Span<byte> room = _file.Room(record.Length);
        if (!room.IsEmpty)
        {
            record.CopyTo(room);
            _file.Take(record.Length);
        }
    }

    byte[] Utf8(string tag)
    {
        if (!_tags.TryGetValue(tag, out byte[]? bytes))
        {
            if (_tags.Count >= MostTags)
            {
                _tags.Clear();
            }

            _tags[tag] = bytes = Encoding.UTF8.GetBytes(tag);
        }

        return bytes;
    }

    long Flushing()
    {
        lock (_gate)
        {
            return _flush;
        }
    }

    void Synced()
    {
        lock (_gate)
        {
            _durable = _ring.Read;
            Monitor.PulseAll(_gate);
        }
    }

    void Report()
    {
        Volatile.Write(ref _lost, _file.Lost);
        if (_file.Refusal is { } refusal && Fault is null)
        {
            Fault = new IOException($"event log: '{Folder}' cannot be written: {refusal.Message.TrimEnd('.')}. Make room or grant access; the program goes on, keeps {EventFileWriter.MostKept >> 20} MiB of events and tries again every second.", refusal);
            _say(Fault.Message);
        }
    }
}
