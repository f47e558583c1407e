using Ashlar.Kernels;

namespace Ashlar.Cpu.Map;

/// <summary>The numbers from 0 on in memory: coordinates along an axis are read from here like any other operand instead of being written out for each run.</summary>
static unsafe class CoordinateList
{
    const int Count = 1 << 14;

    static readonly int[] Numbers = Make();

    /// <summary>First byte of the number 0, int32.</summary>
    public static byte* First { get; } = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Numbers, 0);

    /// <summary>Whether all coordinates of an operand are in the list.</summary>
    public static bool Holds(Operand coordinates, int[] extents)
    {
        long least = coordinates.Offset;
        long most = coordinates.Offset;
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long span = (long)coordinates.Strides[axis] * Math.Max(0, extents[axis] - 1);
            least += Math.Min(0, span);
            most += Math.Max(0, span);
        }

        return least >= 0 && most < Count;
    }

    static int[] Make()
    {
        int[] numbers = GC.AllocateUninitializedArray<int>(Count, pinned: true);
        for (int i = 0; i < Count; i++)
        {
            numbers[i] = i;
        }

        return numbers;
    }
}
