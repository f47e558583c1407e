namespace Ashlar.Data.Images;

/// <summary>Undoes the five row filters of PNG (W3C Portable Network Graphics, 9.2) in place.</summary>
static class PngFilter
{
    /// <param name="rows">Each row's filter byte and bytes.</param>
    /// <param name="rowBytes">Bytes of a row without its filter byte.</param>
    /// <param name="distance">Bytes to the pixel on the left.</param>
    /// <param name="offset">Where the packed pixels begin in the file, for the message.</param>
    /// <param name="file">The name for messages.</param>
    public static void Undo(Span<byte> rows, int rowBytes, int distance, long offset, string file)
    {
        ReadOnlySpan<byte> above = new byte[rowBytes];
        for (int at = 0, y = 0; at < rows.Length; at += 1 + rowBytes, y++)
        {
            Span<byte> row = rows.Slice(at + 1, rowBytes);
            switch (rows[at])
            {
                case 0:
                    break;
                case 1:
                    Sub(row, distance);
                    break;
                case 2:
                    Up(row, above);
                    break;
                case 3:
                    Average(row, above, distance);
                    break;
                case 4:
                    Paeth(row, above, distance);
                    break;
                default:
                    throw new ParseException(file, offset, $"the filter {rows[at]} for row {y}", "0 to 4", PngChunks.Damaged);
            }

            above = row;
        }
    }

    static void Sub(Span<byte> row, int distance)
    {
        for (int i = distance; i < row.Length; i++)
        {
            row[i] += row[i - distance];
        }
    }

    static void Up(Span<byte> row, ReadOnlySpan<byte> above)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    static void Average(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < distance ? 0 : row[i - distance];
            row[i] += (byte)((left + above[i]) / 2);
        }
    }

    static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (int i = 0; i < row.Length; i++)
        {
            (int left, int corner) = i < distance ? (0, 0) : (row[i - distance], above[i - distance]);
            row[i] += (byte)Nearest(left, above[i], corner);
        }
    }

    /// <summary>Of left, above and corner the one nearest to left + above - corner; ties in that order.</summary>
    static int Nearest(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
