using System.Buffers.Binary;

namespace Ashlar.Lab.Events;

/// <summary>What the message TensorProto holds, as far as summaries need it: numbers as float64, or strings. It takes no more memory than its bytes explain.</summary>
sealed class TensorValue
{
    /// <summary>DT_FLOAT.</summary>
    public const int Float = 1;

    /// <summary>DT_STRING.</summary>
    public const int String = 7;

    const int Double = 2;
    const int Int32 = 3;
    const int Int64 = 9;
    const int BFloat16 = 14;
    const int Half = 19;

    /// <summary>The elements, when they are numbers.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>The elements, when they are strings.</summary>
    public List<byte[]> Strings { get; } = [];

    /// <summary>Extents; empty for a tensor without axes.</summary>
    public List<long> Shape { get; } = [];

    /// <summary>Whether it is one number: no axes, or all of extent 1.</summary>
    public bool IsNumber => Numbers.Count == 1 && Shape.TrueForAll(extent => extent == 1);

    /// <summary>Whether it is rows of three numbers, as histograms are.</summary>
    public bool IsTriples => Shape.Count == 2 && Shape[1] == 3 && Shape[0] * 3 == Numbers.Count;

    /// <summary>Reads a message; null when it breaks the format.</summary>
    public static TensorValue? Read(ReadOnlySpan<byte> message)
    {
        var tensor = new TensorValue();
        int dtype = 0;
        ReadOnlySpan<byte> content = default;
        var proto = new ProtoReader(message);
        while (proto.Next())
        {
            switch (proto.Field)
            {
                case 1: dtype = (int)proto.Integer; break;
                case 2: tensor.ReadShape(proto.Bytes); break;
                case 4: content = proto.Bytes; break;
                case 5: tensor.ReadSingles(proto); break;
                case 6: proto.AddDoubles(tensor.Numbers); break;
                case 7 or 10 or 11: tensor.ReadIntegers(proto, value => value); break;
                case 13: tensor.ReadIntegers(proto, bits => Halves(dtype, (ushort)bits)); break;
                case 8: tensor.Strings.Add(proto.Bytes.ToArray()); break;
            }
        }

        if (proto.IsBroken)
        {
            return null;
        }

        tensor.ReadContent(dtype, content);
        return tensor;
    }

    static double Halves(int dtype, ushort bits) => dtype == BFloat16 ? BitConverter.UInt32BitsToSingle((uint)bits << 16) : (double)BitConverter.UInt16BitsToHalf(bits);

    void ReadShape(ReadOnlySpan<byte> message)
    {
        var shape = new ProtoReader(message);
        while (shape.Next())
        {
            if (shape.Field == 2)
            {
                long extent = 0;
                var axis = new ProtoReader(shape.Bytes);
                while (axis.Next())
                {
                    extent = axis.Field == 1 ? axis.Integer : extent;
                }

                Shape.Add(extent);
            }
        }
    }

    // Repeated numbers come packed (bytes) or one by one.
    void ReadSingles(ProtoReader field)
    {
        if (!field.IsCounted)
        {
            Numbers.Add(field.Single);
        }

        ReadContent(Float, field.Bytes);
    }

    void ReadIntegers(ProtoReader field, Func<long, double> number)
    {
        if (!field.IsCounted)
        {
            Numbers.Add(number(field.Integer));
            return;
        }

        var packed = ProtoReader.Packed(field.Bytes);
        while (packed.NextPacked())
        {
            Numbers.Add(number(packed.Integer));
        }
    }

    void ReadContent(int dtype, ReadOnlySpan<byte> content)
    {
        int size = dtype switch { Float or Int32 => 4, Double or Int64 => 8, Half or BFloat16 => 2, _ => int.MaxValue };
        for (; content.Length >= size; content = content[size..])
        {
            Numbers.Add(dtype switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(content),
                Double => BinaryPrimitives.ReadDoubleLittleEndian(content),
                Int32 => BinaryPrimitives.ReadInt32LittleEndian(content),
                Int64 => BinaryPrimitives.ReadInt64LittleEndian(content),
                _ => Halves(dtype, BinaryPrimitives.ReadUInt16LittleEndian(content)),
            });
        }
    }
}
