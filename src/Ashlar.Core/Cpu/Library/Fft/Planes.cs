namespace Ashlar.Cpu.Library.Fft;

/// <summary>Where real parts and where imaginary parts begin.</summary>
readonly unsafe struct Planes<T>(T* re, T* im)
    where T : unmanaged
{
    public T* Re { get; } = re;

    public T* Im { get; } = im;

    /// <summary>The parts exchanged: an inverse transform is a forward one of these.</summary>
    public Planes<T> Exchanged => new(Im, Re);

    public Planes<T> At(nint place) => new(Re + place, Im + place);
}
