namespace Ashlar.Lab.Events;

/// <summary>Reads an event file event by event, also while it is written: at the end, <see cref="ReadNext"/> is false, and true again when the file has grown.</summary>
/// <remarks>
/// Reading ends at the first record that is not whole or whose checksum is wrong, and nothing behind it is believed.
/// A file may come from anywhere: no length in it is trusted, records of up to 1 GiB are read, and memory is taken only for bytes that are there.
/// </remarks>
public sealed class EventFileReader : IDisposable
{
    readonly RecordReader _records;
    readonly TagNames _tags = new();
    readonly List<LoggedEvent> _events = [];
    int _next;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; others may write, rename and delete it meanwhile.</param>
    /// <param name="position">0, or a <see cref="Position"/> from an earlier reading.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public EventFileReader(string path, long position = 0)
    {
        Path = path;
        Position = position;
        _records = new RecordReader(path, position);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes from the start of the file to the end of the last record of which all events were read. A reader that begins there goes on where this one stands.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the file has bytes behind the last whole record: it is being written, was cut off, or is damaged.</summary>
    public bool IsTorn => _records.IsTorn;

    /// <summary>Records whose checksum is right but which are no message of the format; they were passed over.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The event that was read last.</summary>
    /// <exception cref="InvalidOperationException">None was read yet.</exception>
    public LoggedEvent Current
    {
        get => field ?? throw new InvalidOperationException($"event file reader: '{Path}': no event was read yet. Call ReadNext first.");
        private set;
    }

    /// <summary>Reads the next event; false at the end of what is whole.</summary>
    public bool ReadNext()
    {
        while (_next == _events.Count)
        {
            _events.Clear();
            _next = 0;
            if (!_records.Next(out ReadOnlySpan<byte> record))
            {
                return false;
            }

            if (!EventDecoder.Decode(record, _tags, _events))
            {
                Unreadable++;
            }

            Position = _events.Count == 0 ? _records.Position : Position;
        }

        Current = _events[_next++];
        Position = _next == _events.Count ? _records.Position : Position;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();
}
