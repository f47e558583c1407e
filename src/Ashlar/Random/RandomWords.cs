using Ashlar.Randomness;

namespace Ashlar;

/// <summary>The words a key gives for the counters 0, 1, 2, … in turn: a stream for host code that draws one by one.</summary>
/// <remarks>A mutable value: pass it by reference. Beyond 2⁶⁴ blocks it repeats.</remarks>
/// <param name="key">Equal keys give equal streams.</param>
public struct RandomWords(RandomKey key)
{
    readonly RandomKey _key = key;
    ulong _block;
    uint _second;
    bool _hasSecond;

    /// <summary>The next word, every bit random.</summary>
    public uint Next()
    {
        if (_hasSecond)
        {
            _hasSecond = false;
            return _second;
        }

        (uint first, _second) = Threefry.Evaluate(_key.Key0, _key.Key1, (uint)(_block >> 32), (uint)_block);
        _block++;
        _hasSecond = true;
        return first;
    }

    /// <summary>A uniform integer in [0, bound), without bias: words of the incomplete last cycle are rejected.</summary>
    /// <param name="bound">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is zero.</exception>
    /// <remarks>Lemire 2019, "Fast random integer generation in an interval", algorithm 5.</remarks>
    public uint Below(uint bound)
    {
        if (bound == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bound), "RandomWords: the bound is 0. It must be at least 1.");
        }

        uint rejected = (0 - bound) % bound;
        ulong product;
        do
        {
            product = (ulong)Next() * bound;
        }
        while ((uint)product < rejected);

        return (uint)(product >> 32);
    }
}
