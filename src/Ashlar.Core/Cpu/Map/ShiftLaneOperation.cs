using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>A shift by a count that is the same for every lane.</summary>
sealed unsafe class ShiftLaneOperation<T, TOp>(Func<Vector128<T>, int, Vector128<T>> half, Func<Vector256<T>, int, Vector256<T>> full, Func<Vector512<T>, int, Vector512<T>> wide) : LaneOperation
    where T : unmanaged
    where TOp : struct, IShiftLanes<T>
{
    public override MethodInfo Method(int lanes) => (lanes * sizeof(T)) switch
    {
        64 => wide.Method,
        32 => full.Method,
        _ => half.Method,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift)
    {
        for (int i = 0; i < count; i += Vector256<T>.Count)
        {
            Vector256.Store(TOp.Apply(Vector256.Load((T*)a + i), shift), (T*)result + i);
        }
    }
}
