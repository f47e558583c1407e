using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Reduction;

/// <summary>How a reduction combines elements, as single values and as vectors.</summary>
interface IReduction<T>
    where T : unmanaged
{
    /// <summary>The start of every lane, and the result over no elements.</summary>
    static abstract T Identity { get; }

    /// <summary>a combined with b.</summary>
    static abstract T Combine(T a, T b);

    /// <summary>a combined with b, lane by lane.</summary>
    static abstract Vector256<T> Combine(Vector256<T> a, Vector256<T> b);

    /// <summary>a combined with b, lane by lane.</summary>
    static abstract Vector512<T> Combine(Vector512<T> a, Vector512<T> b);
}
