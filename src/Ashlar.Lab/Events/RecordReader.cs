namespace Ashlar.Lab.Events;

/// <summary>Reads the records of an event file one after the other, also while another process writes it. It ends at the first record that is not whole, and looks there again at the next call.</summary>
sealed class RecordReader : IDisposable
{
    readonly FileStream _stream;
    byte[] _bytes;
    int _start;
    int _end;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">Where a record begins.</param>
    public RecordReader(string path, long position)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _bytes = new byte[Math.Clamp(_stream.Length - position, 256, 1 << 17)];
        Position = position;
    }

    /// <summary>Where the next record begins, in bytes from the start of the file.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the last call found bytes that are no whole record.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Reads the next record; false at the end, or where no whole record follows. The bytes are good until the next call.</summary>
    public bool Next(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!Ensure(RecordFrame.Before))
        {
            return End();
        }

        int length = RecordFrame.Length(_bytes.AsSpan(_start, RecordFrame.Before));
        if (length < 0 || !Ensure(RecordFrame.Before + length + RecordFrame.Behind))
        {
            return End();
        }

        ReadOnlySpan<byte> closed = _bytes.AsSpan(_start + RecordFrame.Before, length + RecordFrame.Behind);
        if (!RecordFrame.IsWhole(closed))
        {
            return End();
        }

        record = closed[..length];
        int whole = RecordFrame.Before + closed.Length;
        _start += whole;
        Position += whole;
        IsTorn = false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    bool End()
    {
        IsTorn = _stream.Length > Position;

        // What is read again next time may be other bytes: a writer cuts off what a full disk left half written.
        _start = _end = 0;
        return false;
    }

    /// <summary>Has at least <paramref name="count"/> bytes at hand; takes memory only for bytes that the file has.</summary>
    bool Ensure(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        if (_stream.Length - Position < count)
        {
            return false;
        }

        if (_bytes.Length - _start < count)
        {
            byte[] bytes = _bytes.Length < count ? new byte[Math.Max(count, (int)Math.Min(2L * _bytes.Length, RecordFrame.Longest))] : _bytes;
            _bytes.AsSpan(_start, _end - _start).CopyTo(bytes);
            (_bytes, _end, _start) = (bytes, _end - _start, 0);
        }

        while (_end - _start < count)
        {
            int read = RandomAccess.Read(_stream.SafeFileHandle, _bytes.AsSpan(_end), Position + _end - _start);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
