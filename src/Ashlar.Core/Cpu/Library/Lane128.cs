using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>A register of 128 bits.</summary>
readonly unsafe struct Lane128<T>(Vector128<T> value) : ILane<Lane128<T>, T>
    where T : unmanaged
{
    readonly Vector128<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Fma(Lane128<T> a, Lane128<T> b, Lane128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> LargerMagnitude(Lane128<T> x, Lane128<T> most)
    {
        Vector128<T> magnitude = Vector128.Abs(x._value);
        return new(Vector128.ConditionalSelect(Vector128.GreaterThan(magnitude, most._value), magnitude, most._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator +(Lane128<T> left, Lane128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> left, Lane128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator *(Lane128<T> left, Lane128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator /(Lane128<T> left, Lane128<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane128<T> Reversed() => new(typeof(T) == typeof(float)
        ? Vector128.Shuffle(_value.AsInt32(), Vector128.Create(3, 2, 1, 0)).As<int, T>()
        : Vector128.Shuffle(_value.AsInt64(), Vector128.Create(1L, 0)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T SumByHalves()
    {
        Vector128<T> sum = _value;
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
