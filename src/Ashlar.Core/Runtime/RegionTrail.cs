namespace Ashlar.Runtime;

/// <summary>Counts the regions that young collections leave behind them, and says when a full collection is worth what it takes.</summary>
/// <remarks>The runtime's collector keeps objects in regions. A young collection that finds next to nothing alive does not move it: an object that lives through two of them, be it of 24 bytes, grows old together with its region, which nothing is put into again before a full collection.
/// Each collection walks over the lists of regions some eight times. After two seconds of a loop in which some object lived for a millisecond, and then the next, there were 1,700 of them: 130 MB of memory, and 40 of the 80 us of each collection.
/// Young collections that compact leave no region behind and take 15 us longer, which is more than regions cost if a full collection takes them away in time.</remarks>
sealed class RegionTrail
{
    // What every collection spends on a region that it passes by, in lists that are seldom in a cache, with what giving it back takes from the next thousand.
    static readonly TimeSpan Passing = TimeSpan.FromMicroseconds(0.1);

    // What a full collection takes until one has been timed.
    static readonly TimeSpan FirstGuess = TimeSpan.FromMilliseconds(1);

    long _oldBytes = long.MaxValue;
    int _regions;
    TimeSpan _spent;
    TimeSpan _full = FirstGuess;

    /// <summary>Counts a young collection.</summary>
    /// <param name="oldBytes">Extent of the oldest generation after it: a collection that has made that larger has left a region.</param>
    /// <returns>Whether the regions since the last full collection have cost as much as one.</returns>
    public bool Add(long oldBytes)
    {
        _regions += oldBytes > _oldBytes ? 1 : 0;
        _oldBytes = oldBytes;
        _spent += _regions * Passing;
        return _spent >= _full;
    }

    /// <summary>Begins anew after a full collection.</summary>
    /// <param name="took">How long it took.</param>
    public void Clear(TimeSpan took) => (_oldBytes, _regions, _spent, _full) = (long.MaxValue, 0, TimeSpan.Zero, took);
}
