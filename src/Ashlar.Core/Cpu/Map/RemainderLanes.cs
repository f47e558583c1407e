using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Exact remainder of floats with the dividend's sign, lane by lane because no machine has the instruction.</summary>
readonly struct RemainderLanes<T> : IBinaryLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b)
    {
        for (int i = 0; i < Vector128<T>.Count; i++)
        {
            a = a.WithElement(i, a[i] % b[i]);
        }

        return a;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b)
    {
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            a = a.WithElement(i, a[i] % b[i]);
        }

        return a;
    }
}
