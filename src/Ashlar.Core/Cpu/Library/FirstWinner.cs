using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Whether a candidate that comes later takes the place of the best so far: ties keep the first, the first NaN wins.</summary>
static class FirstWinner
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Beats<T, TExtremum>(T candidate, T best)
        where T : unmanaged, INumber<T>
        where TExtremum : struct, IExtremum<T> => TExtremum.Beats(candidate, best) || (T.IsNaN(candidate) && !T.IsNaN(best));

    /// <summary>All bits set where the candidate wins.</summary>
    /// <remarks>A NaN as candidate fails the comparison and so beats every number; a NaN as best is beaten by nothing.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Beats<T, TExtremum>(Vector256<T> candidate, Vector256<T> best)
        where T : unmanaged, INumber<T>
        where TExtremum : struct, IExtremum<T>
    {
        Vector256<T> stays = typeof(TExtremum) == typeof(MaxOf<T>) ? Vector256.LessThanOrEqual(candidate, best) : Vector256.GreaterThanOrEqual(candidate, best);
        return Vector256.AndNot(Vector256.Equals(best, best), stays);
    }
}
