using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Registers of 256 bits.</summary>
readonly unsafe struct Lanes256<T> : ILanes<T, Vector256<T>>
    where T : unmanaged
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, T* destination) => Vector256.Store(value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source, Vector256<T> mask)
    {
        if (Avx2.IsSupported)
        {
            return typeof(T) == typeof(float) ? Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>()
                : typeof(T) == typeof(double) ? Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>()
                : sizeof(T) == 4 ? Avx2.MaskLoad((int*)source, mask.AsInt32()).As<int, T>()
                : Avx2.MaskLoad((long*)source, mask.AsInt64()).As<long, T>();
        }

        Vector256<T> value = default;
        for (int i = 0; i < Count; i++)
        {
            value = EqualityComparer<T>.Default.Equals(mask.GetElement(i), default) ? value : value.WithElement(i, source[i]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, T* destination, Vector256<T> mask)
    {
        if (!Avx2.IsSupported)
        {
            for (int i = 0; i < Count; i++)
            {
                if (!EqualityComparer<T>.Default.Equals(mask.GetElement(i), default))
                {
                    destination[i] = value.GetElement(i);
                }
            }
        }
        else if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        }
        else if (typeof(T) == typeof(double))
        {
            Avx.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
        }
        else if (sizeof(T) == 4)
        {
            Avx2.MaskStore((int*)destination, mask.AsInt32(), value.AsInt32());
        }
        else
        {
            Avx2.MaskStore((long*)destination, mask.AsInt64(), value.AsInt64());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> x, Vector256<T> y) => Vector256.ConditionalSelect(mask, x, y);

    public static Vector256<T> From(int first) => sizeof(T) == 4
        ? Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(first)).As<int, T>()
        : Vector256.GreaterThanOrEqual(Vector256<long>.Indices, Vector256.Create((long)first)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> x, Vector256<T> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OfBits(int bits)
    {
        if (sizeof(T) == 4)
        {
            Vector256<int> lanes = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
            return Vector256.Equals(Vector256.Create(bits) & lanes, lanes).As<int, T>();
        }

        Vector256<long> wide = Vector256.Create(1L, 2L, 4L, 8L);
        return Vector256.Equals(Vector256.Create((long)bits) & wide, wide).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> sum)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>();
        }

        if (typeof(T) == typeof(double))
        {
            return Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();
        }

        return (x * y) + sum;
    }
}
