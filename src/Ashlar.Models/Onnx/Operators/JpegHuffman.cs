using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>A table of codes by their lengths, T.81 annex C.</summary>
sealed class JpegHuffman
{
    readonly int[] _first = new int[17];
    readonly int[] _start = new int[17];
    readonly int[] _counts = new int[17];
    readonly byte[] _symbols;

    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        (int code, int start) = (0, 0);
        for (int length = 1; length <= 16; length++)
        {
            (_first[length], _start[length], _counts[length]) = (code, start, counts[length - 1]);
            (code, start) = ((code + counts[length - 1]) << 1, start + counts[length - 1]);
        }
    }

    public int Next(ref JpegBits bits)
    {
        int code = 0;
        for (int length = 1; length <= 16; length++)
        {
            code = (code << 1) | bits.Next();
            int place = code - _first[length];
            if (place >= 0 && place < _counts[length])
            {
                return _symbols[_start[length] + place];
            }
        }

        throw new OnnxException("ImageDecoder: the JPEG has a code that its tables lack. The file is damaged; save it again.");
    }
}
