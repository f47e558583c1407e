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

/// <summary>Quotient of integers without sign, lane by lane.</summary>
/// <exception cref="DivideByZeroException">A lane's divisor is zero.</exception>
readonly struct DivideUnsignedLanes : IBinaryLanes<int>, IBinaryLanes<long>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<int> Apply(Vector128<int> a, Vector128<int> b) => Quotients(a.AsUInt32(), b.AsUInt32()).AsInt32();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector256<int> Apply(Vector256<int> a, Vector256<int> b) => Quotients(a.AsUInt32(), b.AsUInt32()).AsInt32();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<long> Apply(Vector128<long> a, Vector128<long> b) => Quotients(a.AsUInt64(), b.AsUInt64()).AsInt64();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector256<long> Apply(Vector256<long> a, Vector256<long> b) => Quotients(a.AsUInt64(), b.AsUInt64()).AsInt64();

    static Vector128<T> Quotients<T>(Vector128<T> a, Vector128<T> b)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < Vector128<T>.Count; i++)
        {
            a = a.WithElement(i, a[i] / b[i]);
        }

        return a;
    }

    static Vector256<T> Quotients<T>(Vector256<T> a, Vector256<T> b)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            a = a.WithElement(i, a[i] / b[i]);
        }

        return a;
    }
}
