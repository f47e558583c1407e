using Ashlar.Scalars;

namespace Ashlar.Ir;

/// <summary>An array of the reference interpreter: row-major bytes read and written one element at a time.</summary>
/// <param name="type">Element type.</param>
/// <param name="shape">Extents.</param>
public sealed class HostArray(DType type, Shape shape)
{
    /// <summary>Element type.</summary>
    public DType Type { get; } = type;

    /// <summary>Extents.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The elements, row-major.</summary>
    public byte[] Bytes { get; } = new byte[shape.Size * type.ItemSize];

    /// <summary>The bits of element <paramref name="index"/>, zero-extended.</summary>
    public long this[int index]
    {
        get => Type.ItemSize switch
        {
            1 => Bytes[index],
            2 => BitConverter.ToUInt16(Bytes, 2 * index),
            4 => BitConverter.ToUInt32(Bytes, 4 * index),
            _ => BitConverter.ToInt64(Bytes, 8 * index),
        };
        set
        {
            switch (Type.ItemSize)
            {
                case 1:
                    Bytes[index] = (byte)value;
                    break;
                case 2:
                    BitConverter.TryWriteBytes(Bytes.AsSpan(2 * index), (ushort)value);
                    break;
                case 4:
                    BitConverter.TryWriteBytes(Bytes.AsSpan(4 * index), (uint)value);
                    break;
                default:
                    BitConverter.TryWriteBytes(Bytes.AsSpan(8 * index), value);
                    break;
            }
        }
    }

    /// <summary>The value of element <paramref name="index"/> as a double.</summary>
    public double ToDouble(int index) => ScalarBits.ToDouble(Type, this[index]);
}
