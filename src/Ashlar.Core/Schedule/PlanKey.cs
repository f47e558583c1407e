using System.Runtime.InteropServices;

namespace Ashlar.Schedule;

/// <summary>The canonical form of a graph. The whole of it is compared, so two graphs never share a plan by accident.</summary>
readonly struct PlanKey : IEquatable<PlanKey>
{
    readonly int[] _words;
    readonly int _hash;

    public PlanKey(ReadOnlySpan<int> words)
    {
        _words = words.ToArray();
        _hash = Hash(words);
    }

    public static int Hash(ReadOnlySpan<int> words)
    {
        // Two words at a time: the multiplications wait for each other.
        ulong hash = (ulong)words.Length;
        foreach (ulong pair in MemoryMarshal.Cast<int, ulong>(words))
        {
            hash = (hash ^ pair) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        uint last = words.Length % 2 == 0 ? 0 : (uint)words[^1];
        hash = (hash ^ last) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 32);
    }

    public bool Matches(ReadOnlySpan<int> words) => words.SequenceEqual(_words);

    public bool Equals(PlanKey other) => other._words.AsSpan().SequenceEqual(_words);

    public override bool Equals(object? obj) => obj is PlanKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
