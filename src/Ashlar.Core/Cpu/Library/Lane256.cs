using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>A register of 256 bits.</summary>
readonly unsafe struct Lane256<T>(Vector256<T> value) : ILane<Lane256<T>, T>
    where T : unmanaged
{
    readonly Vector256<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Fma(Lane256<T> a, Lane256<T> b, Lane256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> LargerMagnitude(Lane256<T> x, Lane256<T> most)
    {
        Vector256<T> magnitude = Vector256.Abs(x._value);
        return new(Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, most._value), magnitude, most._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> left, Lane256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> left, Lane256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(Lane256<T> left, Lane256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator /(Lane256<T> left, Lane256<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane256<T> Reversed() => new(typeof(T) == typeof(float)
        ? Vector256.Shuffle(_value.AsInt32(), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0)).As<int, T>()
        : Vector256.Shuffle(_value.AsInt64(), Vector256.Create(3L, 2, 1, 0)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T SumByHalves()
    {
        Vector128<T> sum = _value.GetLower() + _value.GetUpper();
        if (typeof(T) == typeof(float))
        {
            sum += Vector128.Shuffle(sum.AsInt32(), Vector128.Create(2, 3, 2, 3)).As<int, T>();
        }

        return (sum + (typeof(T) == typeof(float)
            ? Vector128.Shuffle(sum.AsInt32(), Vector128.Create(1, 1, 1, 1)).As<int, T>()
            : Vector128.Shuffle(sum.AsInt64(), Vector128.Create(1L, 1L)).As<long, T>())).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => _value.Store(destination);
}
