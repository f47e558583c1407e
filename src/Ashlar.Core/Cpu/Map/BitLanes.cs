using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

readonly struct AndLanes<T> : IBinaryLanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b) => Vector128.BitwiseAnd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.BitwiseAnd(a, b);
}

readonly struct OrLanes<T> : IBinaryLanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b) => Vector128.BitwiseOr(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.BitwiseOr(a, b);
}

readonly struct XorLanes<T> : IBinaryLanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b) => Vector128.Xor(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.Xor(a, b);
}

readonly struct NotLanes<T> : IUnaryLanes<T, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a) => Vector128.OnesComplement(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a) => Vector256.OnesComplement(a);
}

readonly struct SelectLanes<T> : ITernaryLanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Apply(Vector128<T> a, Vector128<T> b, Vector128<T> c) => Vector128.ConditionalSelect(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => Vector256.ConditionalSelect(a, b, c);
}
