using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>The same bits as another type of the same size.</summary>
readonly struct BitcastLanes<TA, TR> : IUnaryLanes<TA, TR>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TR> Apply(Vector128<TA> a) => Vector128.As<TA, TR>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TR> Apply(Vector256<TA> a) => Vector256.As<TA, TR>(a);
}
