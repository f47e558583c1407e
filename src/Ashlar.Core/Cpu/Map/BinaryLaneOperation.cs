using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>An operation on two operands.</summary>
sealed unsafe class BinaryLaneOperation<T, TOp>(
    Func<Vector128<T>, Vector128<T>, Vector128<T>> half, Func<Vector256<T>, Vector256<T>, Vector256<T>> full, Func<Vector512<T>, Vector512<T>, Vector512<T>>? wide = null) : LaneOperation
    where T : unmanaged
    where TOp : struct, IBinaryLanes<T>
{
    public override MethodInfo Method(int lanes) => (lanes * sizeof(T)) switch
    {
        64 => (wide ?? Halves).Method,
        32 => full.Method,
        _ => half.Method,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift)
    {
        for (int i = 0; i < count; i += Vector256<T>.Count)
        {
            Vector256.Store(TOp.Apply(Vector256.Load((T*)a + i), Vector256.Load((T*)b + i)), (T*)result + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Halves(Vector512<T> a, Vector512<T> b) => Vector512.Create(TOp.Apply(a.GetLower(), b.GetLower()), TOp.Apply(a.GetUpper(), b.GetUpper()));
}
