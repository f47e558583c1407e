using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library;

/// <summary>One element.</summary>
readonly unsafe struct LaneOfOne<T>(T value) : ILane<LaneOfOne<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T _value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> Load(T* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> Fma(LaneOfOne<T> a, LaneOfOne<T> b, LaneOfOne<T> c) => new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> LargerMagnitude(LaneOfOne<T> x, LaneOfOne<T> most) => T.Abs(x._value) > most._value ? new(T.Abs(x._value)) : most;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> operator +(LaneOfOne<T> left, LaneOfOne<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> operator -(LaneOfOne<T> left, LaneOfOne<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> operator *(LaneOfOne<T> left, LaneOfOne<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> operator /(LaneOfOne<T> left, LaneOfOne<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneOfOne<T> operator -(LaneOfOne<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneOfOne<T> Reversed() => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T SumByHalves() => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => *destination = _value;
}
