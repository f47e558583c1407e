namespace Ashlar.Onnx.Operators;

/// <summary>One component of a JPEG and its samples.</summary>
/// <param name="id">Its name in the file.</param>
/// <param name="across">Samples along a row for each unit.</param>
/// <param name="down">Samples along a column for each unit.</param>
/// <param name="table">Its quantisation.</param>
sealed class JpegComponent(int id, int across, int down, int table)
{
    short[] _coefficients = [];

    public int Id => id;

    public int Across => across;

    public int Down => down;

    public int Table => table;

    /// <summary>The last direct current, which the next block's is told from.</summary>
    public int Dc { get; set; }

    /// <summary>Whether a scan gave something of it.</summary>
    public bool IsSeen { get; set; }

    /// <summary>Blocks of a unit along a row.</summary>
    public int StepAcross { get; private set; }

    /// <summary>Blocks of a unit along a column.</summary>
    public int StepDown { get; private set; }

    public int BlockRows { get; private set; }

    public int BlockColumns { get; private set; }

    /// <summary>Extents without what fills the last units.</summary>
    public (int Height, int Width) Extent { get; private set; }

    /// <summary>[BlockRows · 8, BlockColumns · 8].</summary>
    public byte[] Samples { get; private set; } = [];

    public int Stride => BlockColumns * 8;

    /// <summary>The coefficients of a block, row by row.</summary>
    public Span<short> Block(int row, int column) => _coefficients.AsSpan(((row * BlockColumns) + column) * 64, 64);

    /// <param name="height">Of the picture.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="mostAcross">The largest across of all components.</param>
    /// <param name="mostDown">The largest down of all components.</param>
    /// <param name="alone">Whether it is the only component, so that units are blocks.</param>
    public void Allocate(int height, int width, int mostAcross, int mostDown, bool alone)
    {
        (StepAcross, StepDown) = alone ? (1, 1) : (across, down);
        Extent = (((height * StepDown) + mostDown - 1) / mostDown, ((width * StepAcross) + mostAcross - 1) / mostAcross);
        BlockRows = (height + (8 * mostDown) - 1) / (8 * mostDown) * StepDown;
        BlockColumns = (width + (8 * mostAcross) - 1) / (8 * mostAcross) * StepAcross;
        Samples = new byte[BlockRows * BlockColumns * 64];
        _coefficients = new short[Samples.Length];
    }
}
