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
        if (size > 1)
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
            Vector256.Store(stored == DType.Bool ? ByteLanes.LoadMask8(source + i) : ByteLanes.Load8(source + i), lanes + i);
        }

        for (int i = whole; i < padded; i++)
        {
            int element = source[Math.Min(i, count - 1)];
            lanes[i] = stored == DType.Bool ? -element : element;
        }
    }

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(DType stored, byte* register, int count, byte* destination)
    {
        if (stored.ItemSize > 1)
        {
            Unsafe.CopyBlockUnaligned(destination, register, (uint)(count * stored.ItemSize));
            return;
        }

        int* lanes = (int*)register;
        int whole = count & -8;
        for (int i = 0; i < whole; i += 8)
        {
            Vector256<int> values = Vector256.Load(lanes + i);
            ByteLanes.Store8(stored == DType.Bool ? -values : values, destination + i);
        }

        for (int i = whole; i < count; i++)
        {
            destination[i] = (byte)(stored == DType.Bool ? -lanes[i] : lanes[i]);
        }
    }

    /// <summary>The one element at <paramref name="source"/> as the bits of a lane.</summary>
    public static long Scalar(DType stored, byte* source) => stored switch
    {
        DType.Bool => -*source,
        DType.UInt8 => *source,
        DType.Int32 or DType.Float32 => Unsafe.ReadUnaligned<int>(source),
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
