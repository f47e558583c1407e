using System.Buffers.Binary;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Baseline JPEG (ITU-T T.81, sequential Huffman, 8 bits) of one or three components, with the arithmetic of the common decoder:
/// its integer cosine transform, its triangle filter for halved colour, its fixed-point colours, so that pixels are equal.</summary>
sealed class JpegPicture
{
    static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    readonly byte[] _file;
    readonly int[][] _quantisation = new int[4][];
    readonly JpegHuffman?[] _tables = new JpegHuffman?[8];
    JpegComponent[] _components = [];
    int _height;
    int _width;
    int _restart;

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

    static OnnxException Unread(string what) => new($"ImageDecoder: a JPEG with {what} is not read. Save it as baseline JPEG, or as PNG.");

    (int Height, int Width, byte[] Rgb) Decode()
    {
        int at = 2;
        while (true)
        {
            int marker = _file[at + 1];
            if (_file[at] != 0xff || marker == 0xff)
            {
                at++;
                continue;
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
                case 0xc0 or 0xc1:
                    Frame(body);
                    break;
                case >= 0xc2 and <= 0xcf and not 0xc8 and not 0xcc:
                    throw Unread("progressive, lossless or arithmetic coding");
                case 0xdd:
                    _restart = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xda:
                    Scan(body, at);
                    return (_height, _width, JpegColour.Rgb(_components, _height, _width));
                case 0xd9:
                    throw Unread("no picture in it");
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
                table[ZigZag[i]] = wide ? BinaryPrimitives.ReadUInt16BigEndian(body[(at + 1 + (2 * i))..]) : body[at + 1 + i];
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
        if (body[0] != 8 || count is not (1 or 3) || _height == 0 || _width == 0 || (long)_height * _width > (long)_file.Length * 4096)
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
        if (header[0] != _components.Length)
        {
            throw Unread("its components in several scans");
        }

        var order = new (JpegComponent Component, JpegHuffman Dc, JpegHuffman Ac)[header[0]];
        for (int i = 0; i < order.Length; i++)
        {
            int id = header[1 + (2 * i)];
            int tables = header[2 + (2 * i)];
            order[i] = (Array.Find(_components, c => c.Id == id) ?? throw Unread("a scan of unknown components"), _tables[(tables >> 4) & 3] ?? throw Unread("no table"), _tables[4 + (tables & 3)] ?? throw Unread("no table"));
        }

        var bits = new JpegBits(_file, at);
        var block = new int[64];
        JpegComponent first = _components[0];
        int rows = first.BlockRows / first.StepDown;
        int columns = first.BlockColumns / first.StepAcross;
        for (int unit = 0; unit < rows * columns; unit++)
        {
            if (_restart > 0 && unit > 0 && unit % _restart == 0)
            {
                bits.Restart();
                foreach (JpegComponent c in _components)
                {
                    c.Dc = 0;
                }
            }

            foreach ((JpegComponent c, JpegHuffman dc, JpegHuffman ac) in order)
            {
                for (int k = 0; k < c.StepAcross * c.StepDown; k++)
                {
                    Block(ref bits, c, dc, ac, block);
                    JpegTransform.Inverse(block, _quantisation[c.Table] ?? throw Unread("no quantisation"), c, (unit / columns * c.StepDown) + (k / c.StepAcross), (unit % columns * c.StepAcross) + (k % c.StepAcross));
                }
            }
        }
    }

    static void Block(ref JpegBits bits, JpegComponent c, JpegHuffman dc, JpegHuffman ac, int[] block)
    {
        Array.Clear(block);
        c.Dc += bits.Signed(dc.Next(ref bits));
        block[0] = c.Dc;
        for (int k = 1; k < 64; k++)
        {
            int symbol = ac.Next(ref bits);
            int size = symbol & 15;
            if (size == 0 && symbol != 0xf0)
            {
                break;
            }

            k += symbol >> 4;
            if (size > 0)
            {
                block[ZigZag[k]] = bits.Signed(size);
            }
        }
    }
}
