using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Registers of 512 bits.</summary>
readonly unsafe struct Lanes512<T> : ILanes<T, Vector512<T>>
    where T : unmanaged
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination) => Vector512.Store(value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source, Vector512<T> mask)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float) ? Avx512F.MaskLoad((float*)source, mask.AsSingle(), default).As<float, T>()
                : typeof(T) == typeof(double) ? Avx512F.MaskLoad((double*)source, mask.AsDouble(), default).As<double, T>()
                : sizeof(T) == 4 ? Avx512F.MaskLoad((int*)source, mask.AsInt32(), default).As<int, T>()
                : Avx512F.MaskLoad((long*)source, mask.AsInt64(), default).As<long, T>();
        }

        Vector512<T> value = default;
        for (int i = 0; i < Count; i++)
        {
            value = EqualityComparer<T>.Default.Equals(mask.GetElement(i), default) ? value : value.WithElement(i, source[i]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination, Vector512<T> mask)
    {
        if (!Avx512F.IsSupported)
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
            Avx512F.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        }
        else if (typeof(T) == typeof(double))
        {
            Avx512F.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
        }
        else if (sizeof(T) == 4)
        {
            Avx512F.MaskStore((int*)destination, mask.AsInt32(), value.AsInt32());
        }
        else
        {
            Avx512F.MaskStore((long*)destination, mask.AsInt64(), value.AsInt64());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> x, Vector512<T> y) => Vector512.ConditionalSelect(mask, x, y);

    public static Vector512<T> From(int first) => sizeof(T) == 4
        ? Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(first)).As<int, T>()
        : Vector512.GreaterThanOrEqual(Vector512<long>.Indices, Vector512.Create((long)first)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> And(Vector512<T> x, Vector512<T> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OfBits(int bits)
    {
        if (sizeof(T) == 4)
        {
            Vector512<int> lanes = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
            return Vector512.Equals(Vector512.Create(bits) & lanes, lanes).As<int, T>();
        }

        Vector512<long> wide = Vector512.Create(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L);
        return Vector512.Equals(Vector512.Create((long)bits) & wide, wide).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> sum)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>();
        }

        if (typeof(T) == typeof(double))
        {
            return Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();
        }

        return (x * y) + sum;
    }
}
