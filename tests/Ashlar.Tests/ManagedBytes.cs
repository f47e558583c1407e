namespace Ashlar.Tests;

/// <summary>Counts what a thread allocates on the managed heap.</summary>
static class ManagedBytes
{
    /// <summary>The bytes that this thread has allocated, to be compared with the runtime's counter after the measured work.</summary>
    /// <remarks>The runtime hands out buffers of some kilobytes, and when any thread collects it counts the unused rest of an open one as allocated.
    /// A collection first closes this thread's buffer, and work that allocates nothing opens no other.</remarks>
    public static long BeforeWork()
    {
        GC.Collect(0);
        return GC.GetAllocatedBytesForCurrentThread();
    }
}
