using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Absolute value of integers; the least one stays itself, which <c>Vector256.Abs</c> does not promise in software.</summary>
readonly struct AbsIntegerLanes<T> : IUnaryLanes<T, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a)
    {
        Vector128<T> sign = Vector128.LessThan(a, Vector128<T>.Zero);
        return (a ^ sign) - sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a)
    {
        Vector256<T> sign = Vector256.LessThan(a, Vector256<T>.Zero);
        return (a ^ sign) - sign;
    }
}

/// <summary>Quotient of integers toward zero, lane by lane because no machine has the instruction; the least one by -1 wraps.</summary>
/// <exception cref="DivideByZeroException">A lane's divisor is zero.</exception>
readonly struct DivideIntegerLanes<T> : IBinaryLanes<T>
    where T : unmanaged, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b)
    {
        for (int i = 0; i < Vector128<T>.Count; i++)
        {
            a = a.WithElement(i, Quotient(a[i], b[i]));
        }

        return a;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b)
    {
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            a = a.WithElement(i, Quotient(a[i], b[i]));
        }

        return a;
    }

    static T Quotient(T a, T b) => b == -T.One ? unchecked(-a) : a / b;
}
