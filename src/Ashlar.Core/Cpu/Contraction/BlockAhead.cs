namespace Ashlar.Cpu.Contraction;

/// <summary>A part of each channel of an image, to be fetched piece by piece while something else is computed.</summary>
unsafe struct BlockAhead
{
    const int LineBytes = 64;

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

    /// <summary>The next piece, a line for each k.</summary>
    public void Next(ref TileAhead ahead)
    {
        ahead.FirstCount = 0;
        if (_left > 0)
        {
            ahead.First = _channel + (_at * LineBytes);
            ahead.FirstStep = LineBytes;
            ahead.FirstCount = Math.Min(_piece, _lines - _at);
            _at += _piece;
            if (_at >= _lines)
            {
                _at = 0;
                _channel += _channelBytes;
                _left--;
            }
        }
    }
}
