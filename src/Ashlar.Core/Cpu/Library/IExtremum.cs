using System.Numerics;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>A search for the first largest or smallest element; the first NaN wins.</summary>
interface IExtremum : IWindowOperation
{
    /// <summary>Whether the candidate, which comes later, takes the place of the best so far.</summary>
    static abstract bool Beats<T>(T candidate, T best) where T : unmanaged, INumber<T>;

    /// <summary>All bits set where the candidate takes the place of the best.</summary>
    static abstract Vector256<T> Beats<T>(Vector256<T> candidate, Vector256<T> best) where T : unmanaged;
}
