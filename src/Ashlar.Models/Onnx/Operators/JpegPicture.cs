using System.Buffers.Binary;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>JPEG (ITU-T T.81, sequential and progressive Huffman, 8 bits) of one or three components, with the arithmetic of the common decoder:
/// its integer cosine transform, its triangle filter for halved colour, its fixed-point colours, so that pixels are equal.</summary>
sealed class JpegPicture
{
    // Each may pass over the whole picture for a few bytes.
    const int MostScans = 500;

    readonly byte[] _file;
    readonly int[][] _quantisation = new int[4][];
    readonly JpegHuffman?[] _tables = new JpegHuffman?[8];
    JpegComponent[] _components = [];
    int _height;
    int _width;
    int _restart;
    int _scans;
    bool _isProgressive;

    JpegPicture(byte[] file) => _file = file;

    /// <exception cref="OnnxException">The file is damaged or of another kind.</exception>
    public static (int Height, int Width, byte[] Rgb) Read(byte[] file)
    {
        try
        {
            return new JpegPicture(file).Decode();
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new OnnxException("ImageDecoder: the JPEG ends early or contradicts itself. The file is damaged; save it again.", e);
        }
    }

    static OnnxException Unread(string what) => new($"ImageDecoder: a JPEG with {what} is not read. Save it as an ordinary JPEG, or as PNG.");

    (int Height, int Width, byte[] Rgb) Decode()
    {
        int at = 2;
        while (true)
        {
            int marker = _file[at + 1];
            if (_file[at] != 0xff || marker is 0xff or 0 or (>= 0xd0 and <= 0xd7))
            {
                at++;
                continue;
            }

            if (marker == 0xd9)
            {
                return _scans > 0 ? Picture() : throw Unread("no picture in it");
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at + 2));
            ReadOnlySpan<byte> body = _file.AsSpan(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                case 0xdb:
                    Quantisation(body);
                    break;
                case 0xc4:
                    Huffman(body);
                    break;
                case 0xc0 or 0xc1 or 0xc2:
                    _isProgressive = marker == 0xc2;
                    Frame(body);
                    break;
                case >= 0xc3 and <= 0xcf and not 0xc8 and not 0xcc:
                    throw Unread("lossless, hierarchical or arithmetic coding");
                case 0xdd:
                    _restart = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xda:
                    Scan(body, at);
                    if (!_isProgressive && Array.TrueForAll(_components, c => c.IsSeen))
                    {
                        return Picture();
                    }

                    break;
            }
        }
    }

    void Quantisation(ReadOnlySpan<byte> body)
    {
        for (int at = 0; at < body.Length;)
        {
            bool wide = body[at] >> 4 != 0;
            var table = new int[64];
            for (int i = 0; i < 64; i++)
            {
                table[JpegScan.ZigZag[i]] = wide ? BinaryPrimitives.ReadUInt16BigEndian(body[(at + 1 + (2 * i))..]) : body[at + 1 + i];
            }

            _quantisation[body[at] & 3] = table;
            at += wide ? 129 : 65;
        }
    }

    void Huffman(ReadOnlySpan<byte> body)
    {
        for (int at = 0; at < body.Length;)
        {
            ReadOnlySpan<byte> counts = body.Slice(at + 1, 16);
            int total = 0;
            foreach (byte count in counts)
            {
                total += count;
            }

            _tables[((body[at] >> 4) * 4) + (body[at] & 3)] = new JpegHuffman(counts, body.Slice(at + 17, total));
            at += 17 + total;
        }
    }

    void Frame(ReadOnlySpan<byte> body)
    {
        (_height, _width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
        int count = body[5];
        if (body[0] != 8 || count is not (1 or 3) || _height == 0 || _width == 0 || _components.Length > 0 || (long)_height * _width > Math.Min((long)_file.Length * 1024, 1 << 28))
        {
            throw Unread($"{body[0]} bits, {count} components and {_height} x {_width} pixels in {_file.Length} bytes");
        }

        _components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> c = body[(6 + (3 * i))..];
            _components[i] = new JpegComponent(c[0], c[1] >> 4, c[1] & 15, c[2] & 3);
        }

        int across = _components.Max(c => c.Across);
        int down = _components.Max(c => c.Down);
        foreach (JpegComponent c in _components)
        {
            bool known = count == 1 || (across % c.Across == 0 && down % c.Down == 0 && across / c.Across <= 2 && down / c.Down <= 2 && down / c.Down <= across / c.Across);
            if (!known || c.Across is < 1 or > 2 || c.Down is < 1 or > 2)
            {
                throw Unread($"components sampled {c.Across} x {c.Down} beside {across} x {down}");
            }

            c.Allocate(_height, _width, count == 1 ? 1 : across, count == 1 ? 1 : down, count == 1);
        }
    }

    void Scan(ReadOnlySpan<byte> header, int at)
    {
        int count = header[0];
        var parts = new JpegScan.Part[count];
        for (int i = 0; i < count; i++)
        {
            int id = header[1 + (2 * i)];
            int tables = header[2 + (2 * i)];
            JpegComponent component = Array.Find(_components, c => c.Id == id) ?? throw Unread("a scan of unknown components");
            parts[i] = new JpegScan.Part(component, _tables[(tables >> 4) & 3], _tables[4 + (tables & 3)]);
            component.IsSeen = true;
        }

        ReadOnlySpan<byte> band = header[(1 + (2 * count))..];
        (int from, int to, int high, int low) = _isProgressive ? (band[0], band[1], band[2] >> 4, band[2] & 15) : (0, 63, 0, 0);
        if (count == 0 || from > to || to > 63 || low > 13 || (_isProgressive && from == 0 && to > 0) || (from > 0 && count > 1) || _scans++ == MostScans)
        {
            throw Unread($"a scan of {count} components, coefficients {from} to {to}");
        }

        new JpegScan(_file, parts, from, to, high, low, _isProgressive, _restart).Read(at, _components.Length == 1 || count > 1);
    }

    (int Height, int Width, byte[] Rgb) Picture()
    {
        foreach (JpegComponent c in _components)
        {
            int[] quantisation = _quantisation[c.Table] ?? throw Unread("no quantisation");
            for (int row = 0; row < c.BlockRows; row++)
            {
                for (int column = 0; column < c.BlockColumns; column++)
                {
                    JpegTransform.Inverse(c.Block(row, column), quantisation, c, row, column);
                }
            }
        }

        return (_height, _width, JpegColour.Rgb(_components, _height, _width));
    }
}
