using System.Globalization;
using System.Text;

namespace Ashlar;

/// <summary>The header of a .npy file: a Python dictionary with the keys descr, fortran_order and shape.</summary>
/// <remarks>NumPy Enhancement Proposal 1, versions 1.0 to 3.0.</remarks>
sealed record NpyHeader(DType Type, bool Swapped, bool FortranOrder, Shape Shape)
{
    /// <summary>The most bytes of a header that is read: far more than any shape needs.</summary>
    public const int MaxBytes = 1 << 16;

    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads magic, version and dictionary; the stream then stands at the first element.</summary>
    /// <exception cref="ParseException">The bytes are no header, or the dtype is not supported.</exception>
    public static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[8];
        int read = stream.ReadAtLeast(start, 8, throwOnEndOfStream: false);
        if (read < 8 || !start[..6].SequenceEqual(Magic))
        {
            throw new ParseException(file, 0, Convert.ToHexString(start[..Math.Min(read, 6)]), "the six bytes 934E554D5059 and a version", "Check that it is a .npy file and was copied whole.");
        }

        int width = start[6] switch
        {
            1 => 2,
            2 or 3 => 4,
            _ => throw new ParseException(file, 6, $"version {start[6]}.{start[7]}", "1.0, 2.0 or 3.0", "Save the array with a NumPy that writes one of these."),
        };
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        Fill(stream, size[..width], file, 8);
        uint length = BitConverter.ToUInt32(size);
        if (length > MaxBytes)
        {
            throw new ParseException(file, 8, $"a header of {length} bytes", $"at most {MaxBytes}", "Save the array without a structured dtype.");
        }

        var text = new byte[length];
        Fill(stream, text, file, 8 + width);
        return new NpyHeaderReader(Encoding.UTF8.GetString(text), file, 8 + width).Read();
    }

    // NumPy leaves room for the first extent to grow to this many digits, so that a file can be appended to in place.
    const int GrowthDigits = 21;

    /// <summary>The bytes before the first element, as NumPy writes them: version 1.0, filled with blanks to a multiple of 64.</summary>
    public static byte[] Write(DType type, Shape shape)
    {
        string extents = string.Join(", ", shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '{NpyDType.NameOf(type)}', 'fortran_order': False, 'shape': ({extents}{(shape.Rank == 1 ? "," : "")}), }}";
        int room = shape.Rank == 0 ? 0 : GrowthDigits - shape[0].ToString(CultureInfo.InvariantCulture).Length;
        int total = (10 + text.Length + room + 1 + 63) / 64 * 64;
        byte[] header = [.. Magic, 1, 0, (byte)(total - 10), (byte)((total - 10) >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(total - 11)), (byte)'\n'];
        return header;
    }

    static void Fill(Stream stream, Span<byte> bytes, string file, long offset)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new ParseException(file, offset, $"an end after {read} bytes of the header", $"{bytes.Length}", "Check that the file was copied whole.");
        }
    }
}
