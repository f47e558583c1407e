using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>A + b.</summary>
readonly struct WindowSum : IWindowOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lanes<T>() where T : unmanaged => typeof(T) == typeof(float) || typeof(T) == typeof(double) ? 32 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T a, T b) where T : unmanaged, INumber<T> => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Combine<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged => a + b;
}
