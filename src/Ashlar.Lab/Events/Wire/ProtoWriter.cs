using System.Buffers.Binary;
using System.Text;

namespace Ashlar.Lab.Events;

/// <summary>Writes the fields of one protobuf message (wire format of proto3, as its encoding page defines it). A nested message has a writer of its own.</summary>
sealed class ProtoWriter
{
    const int VarintWire = 0;
    const int Fixed64Wire = 1;
    const int BytesWire = 2;
    const int Fixed32Wire = 5;

    byte[] _bytes = new byte[256];
    int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>An integer, a truth value or an enumeration; negative ones are ten bytes.</summary>
    public ProtoWriter Integer(int field, long value)
    {
        Key(field, VarintWire);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A number of type double.</summary>
    public ProtoWriter Double(int field, double value)
    {
        Key(field, Fixed64Wire);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        return this;
    }

    /// <summary>A number of type float.</summary>
    public ProtoWriter Single(int field, float value)
    {
        Key(field, Fixed32Wire);
        BinaryPrimitives.WriteSingleLittleEndian(Room(sizeof(float)), value);
        return this;
    }

    /// <summary>Text in UTF-8; halves of surrogate pairs become U+FFFD, because protobuf's readers refuse text that is not UTF-8.</summary>
    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes.</summary>
    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, BytesWire);
        Varint((ulong)value.Length);
        value.CopyTo(Room(value.Length));
        return this;
    }

    /// <summary>A nested message.</summary>
    public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.Written);

    /// <summary>Numbers of type double in packed form.</summary>
    public ProtoWriter Doubles(int field, ReadOnlySpan<double> values)
    {
        Key(field, BytesWire);
        Varint((ulong)values.Length * sizeof(double));
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        }

        return this;
    }

    void Key(int field, int wire) => Varint(((ulong)field << 3) | (uint)wire);

    void Varint(ulong value)
    {
        while (value > 0x7F)
        {
            Room(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Room(1)[0] = (byte)value;
    }

    Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(checked(_length + count), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
