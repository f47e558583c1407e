namespace Ashlar;

/// <summary>The elements behind a .npy header.</summary>
static class NpyElements
{
    const int Step = 1 << 20;

    /// <summary>The elements' bytes, little-endian, in the order of the file.</summary>
    /// <exception cref="ParseException">There are fewer or more than the header says, or a bool is neither 0 nor 1.</exception>
    public static byte[] Read(Stream stream, NpyHeader header, string file)
    {
        long length = (long)header.Shape.Size * header.Type.ItemSize;
        long start = stream.CanSeek ? stream.Position : -1;
        if (stream.CanSeek)
        {
            CheckLength(stream.Length - start, header, file, start);
        }

        // A stream of unknown length is not believed: memory grows with what is really there.
        using var read = new MemoryStream(stream.CanSeek ? (int)length : (int)Math.Min(length, Step));
        var chunk = new byte[Math.Min(length + 1, Step)];
        for (int count; read.Length <= length && (count = stream.Read(chunk)) > 0;)
        {
            read.Write(chunk, 0, count);
        }

        CheckLength(read.Length, header, file, start);
        byte[] bytes = read.Length == read.Capacity ? read.GetBuffer() : read.ToArray();
        int wrong = header.Type == DType.Bool ? bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        if (wrong >= 0)
        {
            throw new ParseException(file, start < 0 ? -1 : start + wrong, $"the byte {bytes[wrong]} in a bool array", "0 or 1", "Save the array again, or as uint8.");
        }

        if (header.Swapped)
        {
            // The two parts of a complex number are swapped each in its place.
            int part = header.Type.IsComplex ? header.Type.ItemSize / 2 : header.Type.ItemSize;
            for (int i = 0; i < bytes.Length; i += part)
            {
                bytes.AsSpan(i, part).Reverse();
            }
        }

        return bytes;
    }

    /// <exception cref="ParseException">The length is not that of the header's elements.</exception>
    public static void CheckLength(long length, NpyHeader header, string file, long start)
    {
        long expected = (long)header.Shape.Size * header.Type.ItemSize;
        if (length != expected)
        {
            throw new ParseException(file, start, $"{(length > expected && start < 0 ? "more" : length)} bytes of elements", $"{expected} for {header.Type.Name}{header.Shape}", "Check that the file was copied whole.");
        }
    }

    /// <summary>The shape in which the elements stand in the file: a column-major array is a row-major one of reversed axes.</summary>
    public static Shape StoredShape(NpyHeader header) => header.FortranOrder ? new Shape([.. header.Shape.Reverse()]) : header.Shape;

    public static Tensor Arrange(NpyHeader header, byte[] bytes) => InOrder(header, Tensor.FromBytes(bytes, header.Type, StoredShape(header)));

    public static Tensor InOrder(NpyHeader header, Tensor stored) =>
        header.FortranOrder ? stored.Permute([.. Enumerable.Range(0, header.Shape.Rank).Reverse()]) : stored;
}
