namespace Ashlar.Runtime;

/// <summary>Keeps young collections short: what lives long is moved out of their way, and regions that it left behind are given back.</summary>
/// <remarks>The runtime's collector lets what a young collection finds alive grow older only if that is a tenth of what it allows young objects: megabytes, where the last cache is large.
/// Less stays young, and every collection finds and moves it again: 400 KiB take 300 us, where a collection that finds nothing takes 40. Full collections let everything grow older, a generation each.
/// Two are due when young ones have found in vain what the whole heap holds, so that they cost no more than was spent before them. What each collection finds anyway does not count. One is due for regions (<see cref="RegionTrail"/>).</remarks>
static class Survivors
{
    static readonly RegionTrail Trail = new();

    static long _inVain;
    static long _always = long.MaxValue;

    /// <summary>Counts what the latest collection found alive, and makes it grow old when that is due.</summary>
    /// <param name="wasFull">Whether the latest was a full one.</param>
    /// <returns>Whether the latest is a full one now.</returns>
    public static bool Settle(bool wasFull)
    {
        GCMemoryInfo latest = GC.GetGCMemoryInfo(GCKind.Any);
        if (wasFull)
        {
            Trail.Clear(latest.PauseDurations[0]);
            return true;
        }

        _always = Math.Min(_always, latest.PromotedBytes);
        _inVain += latest.PromotedBytes - _always;
        bool livesLong = _inVain > latest.HeapSizeBytes;
        if (!Trail.Add(latest.GenerationInfo[GC.MaxGeneration].SizeAfterBytes) && !livesLong)
        {
            return false;
        }

        if (livesLong)
        {
            (_inVain, _always) = (0, long.MaxValue);
            CollectAll();
        }

        CollectAll();
        return Settle(wasFull: true);
    }

    static void CollectAll() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
}
