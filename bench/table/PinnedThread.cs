using System.Runtime.InteropServices;

namespace Ashlar.Bench;

/// <summary>While it lives, the calling thread and the processes that it starts run on one core, the last: where other systems share a machine's cores unseen, one core may be half as fast as the other for seconds, and whoever happens to run there loses.</summary>
sealed partial class PinnedThread : IDisposable
{
    const int MaskBytes = 128;

    readonly byte[] _before = new byte[MaskBytes];

    PinnedThread()
    {
    }

    /// <summary>Pins the thread if rows of so many threads are measured on it; null for more than one, and where the system does not tell on which cores the thread may run.</summary>
    public static PinnedThread? ForOne(int threads)
    {
        var pinned = new PinnedThread();
        if (threads != 1 || !OperatingSystem.IsLinux() || GetAffinity(0, MaskBytes, pinned._before) != 0)
        {
            return null;
        }

        int last = Array.FindLastIndex(pinned._before, cores => cores != 0);
        byte[] one = new byte[MaskBytes];
        one[last] = (byte)(1 << (31 - int.LeadingZeroCount(pinned._before[last])));
        return SetAffinity(0, MaskBytes, one) == 0 ? pinned : null;
    }

    public void Dispose() => _ = SetAffinity(0, MaskBytes, _before);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, [Out] byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, byte[] mask);
}
