using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>An operation on one operand, lanes of one size.</summary>
sealed unsafe class UnaryLaneOperation<TA, TR, TOp>(
    Func<Vector128<TA>, Vector128<TR>> half, Func<Vector256<TA>, Vector256<TR>> full, Func<Vector512<TA>, Vector512<TR>>? wide = null) : LaneOperation
    where TA : unmanaged
    where TR : unmanaged
    where TOp : struct, IUnaryLanes<TA, TR>
{
    public override MethodInfo Method(int lanes) => (lanes * sizeof(TA)) switch
    {
        64 => (wide ?? Halves).Method,
        32 => full.Method,
        _ => half.Method,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift)
    {
        for (int i = 0; i < count; i += Vector256<TA>.Count)
        {
            Vector256.Store(TOp.Apply(Vector256.Load((TA*)a + i)), (TR*)result + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<TR> Halves(Vector512<TA> a) => Vector512.Create(TOp.Apply(a.GetLower()), TOp.Apply(a.GetUpper()));
}
