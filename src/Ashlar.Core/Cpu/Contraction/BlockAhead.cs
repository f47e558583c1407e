namespace Ashlar.Cpu.Contraction;

/// <summary>A part of each channel of an image, to be fetched piece by piece while something else is computed.</summary>
unsafe struct BlockAhead
{
    /// <summary>Bytes of a line.</summary>
    public const int LineBytes = 64;

    readonly nint _channelBytes;
    readonly nint _lines;
    readonly nint _piece;
    byte* _channel;
    nint _at;
    int _left;

    /// <param name="start">First byte of the first channel's part.</param>
    /// <param name="channelBytes">Bytes from one channel to the next.</param>
    /// <param name="bytes">Bytes of each part.</param>
    /// <param name="channels">How many; 0 for nothing.</param>
    /// <param name="times">Calls of <see cref="Next"/> in which all of it is to be fetched; with fewer than channels, only so many are.</param>
    public BlockAhead(byte* start, nint channelBytes, nint bytes, int channels, int times)
    {
        _channel = start;
        (_channelBytes, _left) = (channelBytes, channels);
        _lines = (bytes + LineBytes - 1) / LineBytes;
        nint pieces = Math.Max(1, times / Math.Max(1, channels));
        _piece = (_lines + pieces - 1) / pieces;
    }

    /// <summary>The next piece.</summary>
    /// <param name="lines">How many lines it has; 0 if all were asked for.</param>
    /// <returns>Its first byte.</returns>
    public byte* Next(out nint lines)
    {
        byte* start = _channel + (_at * LineBytes);
        lines = _left > 0 ? Math.Min(_piece, _lines - _at) : 0;
        _at += lines;
        if (_at == _lines)
        {
            _at = 0;
            _channel += _channelBytes;
            _left--;
        }

        return start;
    }
}
