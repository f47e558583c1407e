using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ashlar.Server.Index;

/// <summary>Points in columns, without loss: 5 to 11 bytes a point where the event file takes 40 and more.</summary>
/// <remarks>
/// <c>count, form, steps, times, values</c>. Steps are differences of differences and times differences of the bits of their doubles, both as
/// zigzag variable-length integers: a steady training takes one and two bytes. Values are float32 where every one of the chunk is one, else float64.
/// </remarks>
static class PointChunk
{
    /// <summary>The most points of a chunk: a multiple of <see cref="SeriesLevels.Group"/>, so that groups never straddle chunks.</summary>
    public const int Capacity = 1024;

    const byte Single = 1;
    const byte Double = 0;

    /// <summary>Writes points.</summary>
    public static byte[] Encode(ReadOnlySpan<Point> points)
    {
        // The longest form: 5 + 1 bytes before, 10 + 10 + 8 for each point.
        byte[] bytes = new byte[6 + (28 * points.Length)];
        int at = 0;
        Put(bytes, ref at, (ulong)points.Length);
        bool single = true;
        foreach (ref readonly Point point in points)
        {
            single &= BitConverter.DoubleToInt64Bits((float)point.Value) == BitConverter.DoubleToInt64Bits(point.Value);
        }

        bytes[at++] = single ? Single : Double;
        long previous = 0, stride = 0;
        foreach (ref readonly Point point in points)
        {
            long difference = unchecked(point.Step - previous);
            Put(bytes, ref at, ZigZag(unchecked(difference - stride)));
            (previous, stride) = (point.Step, difference);
        }

        previous = 0;
        foreach (ref readonly Point point in points)
        {
            long bits = BitConverter.DoubleToInt64Bits(point.Time);
            Put(bytes, ref at, ZigZag(unchecked(bits - previous)));
            previous = bits;
        }

        foreach (ref readonly Point point in points)
        {
            if (single)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), (float)point.Value);
                at += sizeof(float);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), point.Value);
                at += sizeof(double);
            }
        }

        return bytes[..at];
    }

    /// <summary>Reads points and adds them to a list.</summary>
    /// <exception cref="InvalidDataException">The bytes are no chunk.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, List<Point> points)
    {
        int at = 0;
        ulong length = Take(bytes, ref at);
        if (length > Capacity || at >= bytes.Length)
        {
            throw Damaged();
        }

        int begin = points.Count;
        CollectionsMarshal.SetCount(points, begin + (int)length);
        Span<Point> added = CollectionsMarshal.AsSpan(points)[begin..];
        bool single = bytes[at++] == Single;
        long step = 0, stride = 0;
        foreach (ref Point point in added)
        {
            stride = unchecked(stride + UnZigZag(Take(bytes, ref at)));
            step = unchecked(step + stride);
            point = new Point(step, 0, 0);
        }

        long bits = 0;
        foreach (ref Point point in added)
        {
            bits = unchecked(bits + UnZigZag(Take(bytes, ref at)));
            point = point with { Time = BitConverter.Int64BitsToDouble(bits) };
        }

        int size = single ? sizeof(float) : sizeof(double);
        if (bytes.Length - at != added.Length * size)
        {
            throw Damaged();
        }

        foreach (ref Point point in added)
        {
            point = point with { Value = single ? BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]) : BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]) };
            at += size;
        }
    }

    static void Put(byte[] bytes, ref int at, ulong value)
    {
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[at++] = (byte)value;
    }

    static ulong Take(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw Damaged();
            }

            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    static InvalidDataException Damaged() => new("index.db: a chunk of points is damaged. Run 'ashlar doctor --reindex'.");
}
