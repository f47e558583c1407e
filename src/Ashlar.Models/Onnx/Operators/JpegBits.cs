namespace Ashlar.Onnx.Operators;

/// <summary>Bits of a JPEG's scan; a zero behind 0xff belongs to no bits, behind the end there are zeros.</summary>
struct JpegBits(byte[] file, int at)
{
    int _at = at;
    int _held;
    int _count;

    public int Next()
    {
        if (_count == 0)
        {
            _held = _at < file.Length ? file[_at] : 0;
            bool marker = _held == 0xff && _at + 1 < file.Length && file[_at + 1] != 0;
            if (marker)
            {
                _held = 0;
            }
            else
            {
                _at += _held == 0xff ? 2 : 1;
            }

            _count = 8;
        }

        return (_held >> --_count) & 1;
    }

    /// <summary>A number of so many bits.</summary>
    public int Number(int size)
    {
        int value = 0;
        for (int i = 0; i < size; i++)
        {
            value = (value << 1) | Next();
        }

        return value;
    }

    /// <summary>A number of so many bits; those whose first bit is 0 are negative.</summary>
    public int Signed(int size)
    {
        int value = Number(size);
        return size == 0 || value >> (size - 1) != 0 ? value : value - (1 << size) + 1;
    }

    /// <summary>Goes on behind the next restart marker.</summary>
    public void Restart()
    {
        _count = 0;
        while (_at + 1 < file.Length && !(file[_at] == 0xff && file[_at + 1] is >= 0xd0 and <= 0xd7))
        {
            _at++;
        }

        _at += 2;
    }
}
