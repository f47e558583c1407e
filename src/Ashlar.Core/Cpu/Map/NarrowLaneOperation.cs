using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>A conversion from lanes of 8 bytes to lanes of 4.</summary>
sealed unsafe class NarrowLaneOperation<TA, TR, TOp>(Func<Vector256<TA>, Vector128<TR>> full, Func<Vector512<TA>, Vector256<TR>>? wide = null) : LaneOperation
    where TA : unmanaged
    where TR : unmanaged
    where TOp : struct, INarrowLanes<TA, TR>
{
    public override MethodInfo Method(int lanes) => lanes == 8 ? (wide ?? Halves).Method : full.Method;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift)
    {
        for (int i = 0; i < count; i += Vector256<TA>.Count)
        {
            Vector128.Store(TOp.Apply(Vector256.Load((TA*)a + i)), (TR*)result + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<TR> Halves(Vector512<TA> a) => Vector256.Create(TOp.Apply(a.GetLower()), TOp.Apply(a.GetUpper()));
}
