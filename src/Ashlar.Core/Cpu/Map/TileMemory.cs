using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Moves tiles between operands and the tile interpreter's registers.</summary>
static unsafe class TileMemory
{
    /// <summary>Loads <paramref name="count"/> ≥ 1 elements and repeats the last one up to <paramref name="padded"/> lanes, so that unused lanes throw only if a real one does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(DType stored, byte* source, int count, int padded, byte* register)
    {
        int size = stored.ItemSize;
        if (size > 2)
        {
            Unsafe.CopyBlockUnaligned(register, source, (uint)(count * size));
            for (int i = count; i < padded; i++)
            {
                Unsafe.CopyBlockUnaligned(register + (i * size), source + ((count - 1) * size), (uint)size);
            }

            return;
        }

        int* lanes = (int*)register;
        int whole = count & -8;
        for (int i = 0; i < whole; i += 8)
        {
            Vector256.Store(Load8(stored, source + (i * size)), lanes + i);
        }

        for (int i = whole; i < padded; i++)
        {
            lanes[i] = (int)Scalar(stored, source + (Math.Min(i, count - 1) * size));
        }
    }

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(DType stored, byte* register, int count, byte* destination)
    {
        int size = stored.ItemSize;
        if (size > 2)
        {
            Unsafe.CopyBlockUnaligned(destination, register, (uint)(count * size));
            return;
        }

        int* lanes = (int*)register;
        int whole = count & -8;
        for (int i = 0; i < whole; i += 8)
        {
            Store8(stored, Vector256.Load(lanes + i), destination + (i * size));
        }

        if (whole < count)
        {
            byte* rest = stackalloc byte[8 * sizeof(short)];
            Store8(stored, Vector256.Load(lanes + whole), rest);
            Unsafe.CopyBlockUnaligned(destination + (whole * size), rest, (uint)((count - whole) * size));
        }
    }

    static Vector256<int> Load8(DType stored, byte* source) => stored switch
    {
        DType.Bool => ByteLanes.LoadMask8(source),
        DType.UInt8 => ByteLanes.Load8(source),
        DType.Int8 => ByteLanes.LoadSigned8(source),
        DType.UInt16 => ShortLanes.Load8(source),
        DType.Int16 => ShortLanes.LoadSigned8(source),
        DType.Float16 => Float16Lanes.Load8(source).AsInt32(),
        _ => BFloat16Lanes.Load8(source).AsInt32(),
    };

    static void Store8(DType stored, Vector256<int> lanes, byte* destination)
    {
        switch (stored)
        {
            case DType.Bool:
                ByteLanes.StoreMask8(lanes, destination);
                break;
            case DType.UInt8 or DType.Int8:
                ByteLanes.Store8(lanes, destination);
                break;
            case DType.UInt16 or DType.Int16:
                ShortLanes.Store8(lanes, destination);
                break;
            case DType.Float16:
                Float16Lanes.Store8(lanes.AsSingle(), destination);
                break;
            default:
                BFloat16Lanes.Store8(lanes.AsSingle(), destination);
                break;
        }
    }

    /// <summary>The one element at <paramref name="source"/> as the bits of a lane.</summary>
    public static long Scalar(DType stored, byte* source) => stored switch
    {
        DType.Bool => -*source,
        DType.UInt8 => *source,
        DType.Int8 => (sbyte)*source,
        DType.UInt16 => Unsafe.ReadUnaligned<ushort>(source),
        DType.Int16 => Unsafe.ReadUnaligned<short>(source),
        DType.Float16 or DType.BFloat16 => BitConverter.SingleToInt32Bits(HalfBits.ToSingle(stored, Unsafe.ReadUnaligned<ushort>(source))),
        DType.Int32 or DType.UInt32 or DType.Float32 => Unsafe.ReadUnaligned<int>(source),
        _ => Unsafe.ReadUnaligned<long>(source),
    };

    /// <summary>Writes the bits of one lane into all lanes.</summary>
    public static void Fill(DType lane, long bits, byte* register, int count)
    {
        if (lane.ItemSize == 8)
        {
            new Span<long>(register, count).Fill(bits);
        }
        else
        {
            new Span<int>(register, count).Fill((int)bits);
        }
    }
}
