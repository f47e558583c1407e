namespace Ashlar.Lab.Events;

/// <summary>Gathers records and writes them to a file. When the system refuses (disk full, folder read-only), it keeps what it has and tries again; what a refused attempt has left half written is cut off first.</summary>
/// <param name="open">Opens the file for writing; called again until it succeeds.</param>
sealed class EventFileWriter(Func<Stream> open) : IDisposable
{
    /// <summary>Bytes that are kept in memory while the file cannot be written; events beyond are counted as lost.</summary>
    public const int MostKept = 64 << 20;

    const int Chunk = 1 << 18;

    Stream? _stream;
    byte[] _bytes = new byte[Chunk];
    int _count;
    long _written;
    bool _isUnsynced;

    /// <summary>What the system said, when its last answer was a refusal.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Events that found no room while the file could not be written.</summary>
    public long Lost { get; private set; }

    /// <summary>Room for an event of at most <paramref name="most"/> bytes; empty when there is none, and the event is counted as lost.</summary>
    public Span<byte> Room(int most)
    {
        if (_bytes.Length - _count < most && Refusal is null)
        {
            Write();
        }

        if (_bytes.Length - _count < most)
        {
            if (Refusal is not null && _count + (long)most > MostKept)
            {
                Lost++;
                return [];
            }

            Array.Resize(ref _bytes, Math.Max(_count + most, Math.Min(2 * _bytes.Length, MostKept)));
        }

        return _bytes.AsSpan(_count, most);
    }

    /// <summary>Takes over the first bytes of the room.</summary>
    public void Take(int count) => _count += count;

    /// <summary>Hands what was gathered to the system.</summary>
    public void Write()
    {
        if (_count == 0 && _stream is not null)
        {
            return;
        }

        Try(() =>
        {
            _stream ??= open();
            if (Refusal is not null)
            {
                _stream.SetLength(_written);
                _stream.Position = _written;
            }

            _stream.Write(_bytes, 0, _count);
            _written += _count;
            _count = 0;
            _isUnsynced = true;
            if (_bytes.Length > 4 * Chunk)
            {
                _bytes = new byte[Chunk];
            }
        });
    }

    /// <summary>Forces what was handed over to the disk.</summary>
    public void Sync()
    {
        if (_isUnsynced && Refusal is null)
        {
            Try(() =>
            {
                if (_stream is FileStream file)
                {
                    file.Flush(flushToDisk: true);
                }

                _isUnsynced = false;
            });
        }
    }

    /// <summary>Closes the file as it stands.</summary>
    public void Dispose() => Try(() => _stream?.Dispose());

    void Try(Action action)
    {
        try
        {
            action();
            Refusal = null;
        }
        catch (Exception e)
        {
            // Mostly IOException and UnauthorizedAccessException, but a limit on the size of files comes as an ArgumentOutOfRangeException;
            // whatever the system says, a training must not end by it.
            Refusal = e;
        }
    }
}
