namespace Ashlar.Cpu.Contraction;

/// <summary>One vector register of elements, as the tile kernels use it. Every width gives the same bits.</summary>
/// <typeparam name="T">Element: float, double, int or long.</typeparam>
/// <typeparam name="TVector">The register.</typeparam>
unsafe interface ILanes<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>Elements in a register.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(T* source);

    static abstract TVector Broadcast(T value);

    static abstract void Store(TVector value, T* destination);

    /// <summary>Loads the lanes where the mask is ones; memory behind the others is not touched, and they are zero.</summary>
    static abstract TVector Load(T* source, TVector mask);

    /// <summary>Stores the lanes where the mask is ones; memory behind the others is not touched.</summary>
    static abstract void Store(TVector value, T* destination, TVector mask);

    /// <summary>The lanes of x where the mask is ones, those of y where it is zero.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    /// <summary>All ones in the lanes from <paramref name="first"/> on, zero before it.</summary>
    static abstract TVector From(int first);

    static abstract TVector And(TVector x, TVector y);

    /// <summary>All ones in the lanes whose bits are set, zero in the others.</summary>
    static abstract TVector OfBits(int bits);

    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x·y + sum: rounded once for floats, wrapping for integers.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);
}
