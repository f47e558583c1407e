namespace Ashlar.Cpu.Reduction;

/// <summary>A reduction that picks one of its elements, so that its place can be asked for.</summary>
interface IExtremum<T> : IReduction<T>
    where T : unmanaged
{
    /// <summary>Whether a is strictly better than b; false with a NaN and for -0 against +0.</summary>
    static abstract bool Beats(T a, T b);
}
