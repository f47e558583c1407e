namespace Ashlar.Cpu.Contraction;

/// <summary>Elements of B that are padding: they count as +0 and are nowhere in memory. What lies where their offsets point belongs to another row, or to nobody.</summary>
/// <param name="positions">Positions of the window, at most <see cref="MostPositions"/>: k stands for position k mod <paramref name="positions"/>.</param>
/// <param name="inside">[N] for each column a bit for each position: whether it is in the operand.</param>
/// <param name="least">The lowest offset of the operand.</param>
/// <param name="end">One past its highest.</param>
sealed class PaddedColumns(int positions, ulong[] inside, long least, long end)
{
    /// <summary>Bits of an entry.</summary>
    public const int MostPositions = 64;

    public int Positions => positions;

    public ulong[] Inside => inside;

    public long Least => least;

    public long End => end;

    /// <summary>Those of a convolution whose windows are one apart, over a dense plane of at most two axes.</summary>
    /// <param name="shape">The convolution, without dilation of the input.</param>
    /// <param name="outputShape">[N, O, spatial…].</param>
    /// <param name="inputStrides">[rank] element strides of the input, none negative.</param>
    public static PaddedColumns Of(ConvolutionShape shape, int[] outputShape, int[] inputStrides)
    {
        int last = shape.Input.Length - 1;
        ulong[] columns = InsideOf(shape, outputShape, last);
        ulong[] rows = last == 2 ? [1] : InsideOf(shape, outputShape, 2);
        int width = shape.Kernel[last];
        int height = last == 2 ? 1 : shape.Kernel[2];
        var inside = new ulong[outputShape[0] * rows.Length * columns.Length];
        int at = 0;
        foreach (ulong row in rows)
        {
            foreach (ulong column in columns)
            {
                for (int position = 0; position < height; position++)
                {
                    inside[at] |= ((row >> position) & 1) * column << (position * width);
                }

                at++;
            }
        }

        for (; at < inside.Length; at++)
        {
            inside[at] = inside[at - (rows.Length * columns.Length)];
        }

        long end = 1;
        for (int axis = 0; axis <= last; axis++)
        {
            end += (shape.Input[axis] - 1L) * inputStrides[axis];
        }

        return new PaddedColumns(width * height, inside, 0, end);
    }

    /// <summary>[panels · positions] the lanes of each panel that are inside, as bits.</summary>
    public int[] Lanes(Panels panels)
    {
        var lanes = new int[panels.Count * positions];
        for (int p = 0; p < panels.Count; p++)
        {
            for (int lane = 0; lane < panels.Extents[p]; lane++)
            {
                ulong column = inside[panels.Starts[p] + lane];
                for (int position = 0; position < positions; position++)
                {
                    lanes[(p * positions) + position] |= (int)((column >> position) & 1) << lane;
                }
            }
        }

        return lanes;
    }

    // [output] bits: whether each position of the window along one axis meets the input.
    static ulong[] InsideOf(ConvolutionShape shape, int[] outputShape, int axis)
    {
        int low = shape.PaddingLow?[axis - 2] ?? 0;
        int dilation = shape.KernelDilation?[axis - 2] ?? 1;
        var inside = new ulong[outputShape[axis]];
        for (int place = 0; place < inside.Length; place++)
        {
            for (int position = 0; position < shape.Kernel[axis]; position++)
            {
                long source = place + ((long)position * dilation) - low;
                inside[place] |= source >= 0 && source < shape.Input[axis] ? 1ul << position : 0;
            }
        }

        return inside;
    }
}
