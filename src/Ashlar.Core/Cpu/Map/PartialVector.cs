using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Map;

/// <summary>Moves the first elements of a vector between memory and a slot that has room for all of it; nothing past them is touched in memory.</summary>
/// <remarks>By masks where the machine has them: a slot that was written piece by piece makes the load of the whole wait for every piece.</remarks>
static unsafe class PartialVector
{
    /// <summary>Elements from memory into a slot; the slot's other lanes are arbitrary.</summary>
    /// <param name="from">The elements.</param>
    /// <param name="slot">Room for a vector, aligned to its size.</param>
    /// <param name="lanes">Lanes of the vector.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="count">Elements, below the lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, byte* slot, int lanes, int size, int count)
    {
        if (size >= 4 && Avx512F.IsSupported && lanes * size == 64)
        {
            Avx512F.MaskLoad((int*)from, Mask512(count * size / 4), Vector512<int>.Zero).Store((int*)slot);
        }
        else if (size >= 4 && Avx2.IsSupported && lanes * size == 32)
        {
            Avx2.MaskLoad((int*)from, Mask256(count * size / 4)).Store((int*)slot);
        }
        else
        {
            Move(from, slot, size, count);
        }
    }

    /// <summary>Elements from a slot into memory.</summary>
    /// <inheritdoc cref="Load"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* slot, byte* to, int lanes, int size, int count)
    {
        if (size >= 4 && Avx512F.IsSupported && lanes * size == 64)
        {
            Avx512F.MaskStore((int*)to, Mask512(count * size / 4), Vector512.Load((int*)slot));
        }
        else if (size >= 4 && Avx2.IsSupported && lanes * size == 32)
        {
            Avx2.MaskStore((int*)to, Mask256(count * size / 4), Vector256.Load((int*)slot));
        }
        else
        {
            Move(slot, to, size, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<int> Mask512(int words) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Mask256(int words) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(words));

    static void Move(byte* from, byte* to, int size, int count)
    {
        if (size == 4)
        {
            for (int i = 0; i < count; i++)
            {
                ((int*)to)[i] = ((int*)from)[i];
            }

            return;
        }

        for (int i = 0; i < count * size; i++)
        {
            to[i] = from[i];
        }
    }
}
