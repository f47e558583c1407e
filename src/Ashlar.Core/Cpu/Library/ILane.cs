using System.Numerics;

namespace Ashlar.Cpu.Library;

/// <summary>Several neighbouring elements, or one, on which a kernel computes. Every width gives the same bits.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">Float or double.</typeparam>
unsafe interface ILane<TSelf, T> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>, IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : unmanaged, ILane<TSelf, T>
    where T : unmanaged
{
    /// <summary>Elements of a lane.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);

    static abstract TSelf Broadcast(T value);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    /// <summary>The larger of |x| and <paramref name="most"/>, element by element; a NaN in x is passed over.</summary>
    static abstract TSelf LargerMagnitude(TSelf x, TSelf most);

    /// <summary>The elements from the last to the first.</summary>
    TSelf Reversed();

    /// <summary>The sum of the elements, by halves: element i and element i + half, until one is left.</summary>
    T SumByHalves();

    void Store(T* destination);
}
