using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>The larger of two; NaN propagates, max(-0, +0) = +0. The order of combining does not matter.</summary>
readonly struct Largest : IExtremum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lanes<T>() where T : unmanaged => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateTruncating(float.NegativeInfinity) : T.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T a, T b) where T : unmanaged, INumber<T> => T.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Combine<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => Vector256.Max(a, b);

    // A NaN as candidate fails the comparison and so beats every number; a NaN as best is beaten by nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Beats<T>(T candidate, T best) where T : unmanaged, INumber<T> => !(candidate <= best) && !T.IsNaN(best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Beats<T>(Vector256<T> candidate, Vector256<T> best) where T : unmanaged =>
        Vector256.AndNot(Vector256.Equals(best, best), Vector256.LessThanOrEqual(candidate, best));
}
