using System.Runtime.InteropServices;

namespace Ashlar.Runtime;

/// <summary>Asks Linux to back large blocks by pages of 2 MiB: a five-hundredth of the page faults, and address translation that keeps up with walks across rows.</summary>
/// <remarks>A hint to the system's own C library; where it does not exist or refuses, nothing is lost but the gain.</remarks>
static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page, to which blocks that want them are aligned.</summary>
    public const nint Size = 2 << 20;

    const nint Smallest = 2 * Size;
    const int Advice = 14;

    static bool _isKnown = OperatingSystem.IsLinux();

    [ThreadStatic]
    static int _avoided;

    /// <summary>Whether a block of so many bytes should have huge pages.</summary>
    public static bool Fit(nint bytes) => _isKnown && bytes >= Smallest && _avoided == 0;

    /// <summary>Asks for none on this thread until the result is disposed.</summary>
    public static IDisposable Avoid() => new Avoidance();

    /// <summary>Asks for huge pages behind a block.</summary>
    /// <param name="block">First byte, aligned to <see cref="Size"/>.</param>
    /// <param name="bytes">How many.</param>
    public static void AskFor(byte* block, nint bytes)
    {
        try
        {
            _ = Advise(block, (nuint)bytes, Advice);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _isKnown = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* block, nuint bytes, int advice);

    sealed class Avoidance : IDisposable
    {
        bool _isOver;

        public Avoidance() => _avoided++;

        public void Dispose()
        {
            _avoided -= _isOver ? 0 : 1;
            _isOver = true;
        }
    }
}
