using System.Numerics;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>How two elements of a window are combined.</summary>
interface IWindowOperation
{
    /// <summary>Lanes of the law's order: 32 where the order decides the bits, 1 where it does not.</summary>
    static abstract int Lanes<T>() where T : unmanaged;

    /// <summary>What a lane starts from.</summary>
    static abstract T Start<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;

    static abstract T Combine<T>(T a, T b) where T : unmanaged, INumber<T>;

    static abstract Vector256<T> Combine<T>(Vector256<T> a, Vector256<T> b) where T : unmanaged;
}
