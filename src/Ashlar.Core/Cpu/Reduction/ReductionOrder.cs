using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Reduction;

/// <summary>What the order in which a reduction combines its elements decides.</summary>
static class ReductionOrder<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    /// <summary>Whether it decides the bits of the result: of floating sums, and of nothing else. These are also the ones whose lanes start from +0, so that a sum is never -0.</summary>
    public static bool Matters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TOperation) == typeof(SumOf<T>) && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
    }
}
