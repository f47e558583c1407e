using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>A conversion from lanes of 4 bytes to lanes of 8.</summary>
sealed unsafe class WidenLaneOperation<TA, TR, TOp>(Func<Vector128<TA>, Vector256<TR>> full, Func<Vector256<TA>, Vector512<TR>> wide) : LaneOperation
    where TA : unmanaged
    where TR : unmanaged
    where TOp : struct, IWidenLanes<TA, TR>
{
    public override MethodInfo Method(int lanes) => lanes == 8 ? wide.Method : full.Method;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift)
    {
        for (int i = 0; i < count; i += Vector256<TR>.Count)
        {
            Vector256.Store(TOp.Apply(Vector128.Load((TA*)a + i)), (TR*)result + i);
        }
    }
}
