using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>Loads every element or every second one of a row into vectors.</summary>
static unsafe class ColumnLoad
{
    /// <summary>Whether <see cref="Load"/> knows the stride for elements of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Knows<T>(int stride) where T : unmanaged => stride == 1 || (stride == 2 && sizeof(T) >= 4);

    /// <summary>The elements p[0], p[stride], … for a stride of 1 or 2; touches nothing past the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load<T>(T* p, int stride) where T : unmanaged
    {
        if (stride == 1 || sizeof(T) < 4)
        {
            return Vector256.Load(p);
        }

        // The second load starts one early: it must not touch the element after the last, so its wanted ones are the odd ones.
        return Vector256.Create(EvenThenOdd(Vector256.Load(p)).GetLower(), EvenThenOdd(Vector256.Load(p + Vector256<T>.Count - 1)).GetUpper());
    }

    /// <summary>The elements at even and at odd places of two neighbouring vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split<T>(Vector256<T> a, Vector256<T> b, out Vector256<T> even, out Vector256<T> odd) where T : unmanaged
    {
        Vector256<T> low = EvenThenOdd(a);
        Vector256<T> high = EvenThenOdd(b);
        even = Vector256.Create(low.GetLower(), high.GetLower());
        odd = Vector256.Create(low.GetUpper(), high.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> EvenThenOdd<T>(Vector256<T> v) where T : unmanaged => sizeof(T) == 4
        ? Vector256.Shuffle(v.AsInt32(), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7)).As<int, T>()
        : Vector256.Shuffle(v.AsInt64(), Vector256.Create(0L, 2, 1, 3)).As<long, T>();
}
