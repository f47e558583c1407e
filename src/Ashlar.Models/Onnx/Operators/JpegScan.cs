using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>One pass over a JPEG's blocks: all of them, or in a progressive picture a band of coefficients, or one more bit of it (T.81 annex G).</summary>
/// <param name="file">The picture.</param>
/// <param name="parts">Its components and their tables.</param>
/// <param name="from">First coefficient in zigzag order.</param>
/// <param name="to">Last coefficient.</param>
/// <param name="high">Bits that earlier scans left open; 0 in a first scan.</param>
/// <param name="low">Bits that this scan leaves open.</param>
/// <param name="isProgressive">Whether the picture is.</param>
/// <param name="restart">Units between markers; 0 for none.</param>
sealed class JpegScan(byte[] file, JpegScan.Part[] parts, int from, int to, int high, int low, bool isProgressive, int restart)
{
    public static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    int _ended;

    public sealed record Part(JpegComponent Component, JpegHuffman? Dc, JpegHuffman? Ac);

    /// <param name="at">Where the bits begin.</param>
    /// <param name="byUnits">Whether every component gives its share of a unit; else the one component gives its blocks, without what fills the last units.</param>
    public void Read(int at, bool byUnits)
    {
        var bits = new JpegBits(file, at);
        JpegComponent first = parts[0].Component;
        (int rows, int columns) = byUnits ? (first.BlockRows / first.StepDown, first.BlockColumns / first.StepAcross) : ((first.Extent.Height + 7) / 8, (first.Extent.Width + 7) / 8);
        Start();
        for (int unit = 0; unit < rows * columns; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0)
            {
                bits.Restart();
                Start();
            }

            foreach (Part part in parts)
            {
                JpegComponent c = part.Component;
                (int down, int across) = byUnits ? (c.StepDown, c.StepAcross) : (1, 1);
                for (int k = 0; k < down * across; k++)
                {
                    Block(ref bits, part, c.Block((unit / columns * down) + (k / across), (unit % columns * across) + (k % across)));
                }
            }
        }
    }

    void Start()
    {
        _ended = 0;
        foreach (Part part in parts)
        {
            part.Component.Dc = 0;
        }
    }

    void Block(ref JpegBits bits, Part part, Span<short> block)
    {
        if (!isProgressive)
        {
            Direct(ref bits, part, block);
            First(ref bits, part, block, 1);
        }
        else if (from == 0)
        {
            if (high == 0)
            {
                Direct(ref bits, part, block);
            }
            else
            {
                block[0] |= (short)(bits.Next() << low);
            }
        }
        else if (high == 0)
        {
            First(ref bits, part, block, from);
        }
        else
        {
            Refine(ref bits, part, block);
        }
    }

    void Direct(ref JpegBits bits, Part part, Span<short> block)
    {
        part.Component.Dc += bits.Signed(Table(part.Dc).Next(ref bits) & 15);
        block[0] = (short)(part.Component.Dc << low);
    }

    void First(ref JpegBits bits, Part part, Span<short> block, int start)
    {
        if (_ended > 0)
        {
            _ended--;
            return;
        }

        for (int k = start; k <= to; k++)
        {
            int symbol = Table(part.Ac).Next(ref bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                // The ends of this block and of so many more.
                _ended = (1 << run) - 1 + bits.Number(run);
                return;
            }

            k += run;
            if (size > 0)
            {
                block[ZigZag[k]] = (short)(bits.Signed(size) << low);
            }
        }
    }

    // One more bit of what is not zero; what becomes so now is told by runs of zeros between.
    void Refine(ref JpegBits bits, Part part, Span<short> block)
    {
        int k = from;
        for (; _ended == 0 && k <= to; k++)
        {
            int symbol = Table(part.Ac).Next(ref bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                _ended = (1 << run) + bits.Number(run);
                break;
            }

            int fresh = size == 0 ? 0 : bits.Next() == 1 ? 1 << low : -1 << low;
            for (; k <= to; k++)
            {
                ref short coefficient = ref block[ZigZag[k]];
                if (coefficient != 0)
                {
                    Correct(ref bits, ref coefficient);
                }
                else if (--run < 0)
                {
                    coefficient = (short)fresh;
                    break;
                }
            }
        }

        if (_ended > 0)
        {
            for (; k <= to; k++)
            {
                ref short coefficient = ref block[ZigZag[k]];
                if (coefficient != 0)
                {
                    Correct(ref bits, ref coefficient);
                }
            }

            _ended--;
        }
    }

    void Correct(ref JpegBits bits, ref short coefficient)
    {
        if (bits.Next() == 1 && (coefficient & (1 << low)) == 0)
        {
            coefficient += (short)(coefficient > 0 ? 1 << low : -1 << low);
        }
    }

    static JpegHuffman Table(JpegHuffman? table) => table ?? throw new OnnxException("ImageDecoder: the JPEG names a table that it does not have. The file is damaged; save it again.");
}
