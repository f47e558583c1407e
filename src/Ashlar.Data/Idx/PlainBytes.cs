namespace Ashlar.Data.Idx;

sealed class PlainBytes(byte[] bytes, string file) : IIdxBytes
{
    int _position;

    public string Name => file;

    public long Position => _position;

    public long Available => bytes.Length - _position;

    public void Fill(Span<byte> destination, string expected)
    {
        if (destination.Length > Available)
        {
            throw new ParseException(file, bytes.Length, "the end of the file", expected, "The file was not copied whole; fetch it again.");
        }

        bytes.AsSpan(_position, destination.Length).CopyTo(destination);
        _position += destination.Length;
    }

    public void End()
    {
        if (Available > 0)
        {
            throw new ParseException(file, _position, $"{Available} bytes behind the last element", "the end of the file", "The file is damaged; fetch it again.");
        }
    }

    public void Dispose()
    {
    }
}
