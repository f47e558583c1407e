using System.Numerics;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>Several neighbouring elements, or one, on which a butterfly computes.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">Float or double.</typeparam>
unsafe interface IFftLane<TSelf, T> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>, IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : unmanaged, IFftLane<TSelf, T>
    where T : unmanaged
{
    /// <summary>Elements of a lane.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);

    static abstract TSelf Broadcast(T value);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    void Store(T* destination);
}
