using System.Buffers.Binary;
using System.Text;

namespace Ashlar.Lab.Events;

/// <summary>Walks over the fields of one protobuf message. What breaks the wire format ends the walk and sets <see cref="IsBroken"/>; nothing throws, because a file may come from anywhere.</summary>
ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    const int VarintWire = 0;
    const int Fixed64Wire = 1;
    const int BytesWire = 2;
    const int Fixed32Wire = 5;

    ReadOnlySpan<byte> _rest = message;
    ulong _number;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the present field is text, bytes, a nested message or packed.</summary>
    public bool IsCounted { get; private set; }

    /// <summary>Whether the message broke the wire format; the fields before the break were read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The content of the present field when it is text, bytes, a nested message or packed; otherwise empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The present field as an integer.</summary>
    public readonly long Integer => (long)_number;

    /// <summary>The present field as a number of type double.</summary>
    public readonly double Double => BitConverter.UInt64BitsToDouble(_number);

    /// <summary>The present field as a number of type float.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)_number);

    /// <summary>The present field as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field; false at the end or a break.</summary>
    public bool Next()
    {
        Bytes = default;
        _number = 0;
        if (_rest.IsEmpty || IsBroken || !Varint(out ulong key))
        {
            return false;
        }

        Field = (int)Math.Min(key >> 3, int.MaxValue);
        IsCounted = (key & 7) == BytesWire;
        return (int)(key & 7) switch
        {
            VarintWire => Varint(out _number),
            Fixed64Wire => Fixed(sizeof(ulong)),
            BytesWire => Counted(),
            Fixed32Wire => Fixed(sizeof(uint)),
            _ => Break(), // groups are out of use since proto2
        };
    }

    /// <summary>Adds the present field's numbers of type double, packed or a single one.</summary>
    public readonly void AddDoubles(List<double> to)
    {
        if (!IsCounted)
        {
            to.Add(Double);
        }

        for (ReadOnlySpan<byte> packed = Bytes; packed.Length >= sizeof(double); packed = packed[sizeof(double)..])
        {
            to.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed));
        }
    }

    /// <summary>A walk over packed integers, by <see cref="NextPacked"/>.</summary>
    public static ProtoReader Packed(ReadOnlySpan<byte> integers) => new(integers);

    /// <summary>Goes to the next packed integer; false at the end or a break.</summary>
    public bool NextPacked() => !_rest.IsEmpty && !IsBroken && Varint(out _number);

    bool Varint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70 && !_rest.IsEmpty; shift += 7)
        {
            byte b = _rest[0];
            _rest = _rest[1..];
            value |= shift == 63 ? (ulong)(b & 1) << 63 : (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        return Break();
    }

    bool Fixed(int size)
    {
        if (_rest.Length < size)
        {
            return Break();
        }

        _number = size == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    bool Counted()
    {
        if (!Varint(out ulong length) || length > (ulong)_rest.Length)
        {
            return Break();
        }

        Bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    bool Break()
    {
        IsBroken = true;
        return false;
    }
}
