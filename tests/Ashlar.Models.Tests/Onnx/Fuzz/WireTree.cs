namespace Ashlar.Models.Tests.Onnx.Fuzz;

/// <summary>A protobuf message as a tree of fields without its schema, so that a fuzzer can change structure and leave lengths right, or make them wrong on purpose.</summary>
sealed class WireTree
{
    /// <summary>One field: a number, or bytes, or fields within fields.</summary>
    /// <param name="number">Of the field.</param>
    /// <param name="wire">0 varint, 1 eight bytes, 2 bytes with a length, 5 four bytes.</param>
    public sealed class Field(int number, int wire)
    {
        public int Number { get; set; } = number;

        public int Wire { get; set; } = wire;

        public ulong Value { get; set; }

        public byte[] Bytes { get; set; } = [];

        /// <summary>The fields within, or null where the bytes are no message.</summary>
        public List<Field>? Inner { get; set; }

        /// <summary>What is added to the length that is written.</summary>
        public long Lie { get; set; }

        public Field Copy() => new(Number, Wire) { Value = Value, Bytes = Bytes, Inner = Inner is null ? null : [.. Inner.Select(field => field.Copy())] };
    }

    public static List<Field>? Parse(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var fields = new List<Field>();
        while (bytes.Length > 0)
        {
            if (!Varint(ref bytes, out ulong key) || key >> 3 is 0 or > 100)
            {
                return null;
            }

            var field = new Field((int)(key >> 3), (int)(key & 7));
            switch (field.Wire)
            {
                case 0:
                    if (!Varint(ref bytes, out ulong value))
                    {
                        return null;
                    }

                    field.Value = value;
                    break;
                case 1 or 5:
                    int width = field.Wire == 1 ? 8 : 4;
                    if (bytes.Length < width)
                    {
                        return null;
                    }

                    field.Bytes = bytes[..width].ToArray();
                    bytes = bytes[width..];
                    break;
                case 2:
                    if (!Varint(ref bytes, out ulong length) || length > (ulong)bytes.Length)
                    {
                        return null;
                    }

                    field.Bytes = bytes[..(int)length].ToArray();
                    bytes = bytes[(int)length..];
                    field.Inner = depth < 60 && length > 0 ? Parse(field.Bytes, depth + 1) : null;
                    break;
                default:
                    return null;
            }

            fields.Add(field);
        }

        return fields;
    }

    public static byte[] Write(IEnumerable<Field> fields)
    {
        var stream = new MemoryStream();
        foreach (Field field in fields)
        {
            Varint(stream, ((ulong)field.Number << 3) | (uint)field.Wire);
            switch (field.Wire)
            {
                case 0:
                    Varint(stream, field.Value);
                    break;
                case 2:
                    byte[] bytes = field.Inner is null ? field.Bytes : Write(field.Inner);
                    Varint(stream, (ulong)Math.Max(0, bytes.Length + field.Lie));
                    stream.Write(bytes);
                    break;
                default:
                    stream.Write(field.Bytes);
                    break;
            }
        }

        return stream.ToArray();
    }

    static bool Varint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 127) << (7 * i);
            if (bytes[i] < 128)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    static void Varint(MemoryStream stream, ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            stream.WriteByte((byte)(value | 128));
        }

        stream.WriteByte((byte)value);
    }
}
