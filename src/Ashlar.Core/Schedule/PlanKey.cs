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
        // Two words at a time, in four chains: in each the multiplications wait for each other.
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<int, ulong>(words);
        (ulong first, ulong second, ulong third, ulong fourth) = ((ulong)words.Length, 1, 2, 3);
        for (; pairs.Length >= 4; pairs = pairs[4..])
        {
            first = Mix(first, pairs[0]);
            second = Mix(second, pairs[1]);
            third = Mix(third, pairs[2]);
            fourth = Mix(fourth, pairs[3]);
        }

        foreach (ulong pair in pairs)
        {
            first = Mix(first, pair);
        }

        uint last = words.Length % 2 == 0 ? 0 : (uint)words[^1];
        return (int)(Mix(Mix(Mix(Mix(first, second), third), fourth), last) >> 32);
    }

    public bool Matches(ReadOnlySpan<int> words) => words.SequenceEqual(_words);

    public bool Equals(PlanKey other) => other._words.AsSpan().SequenceEqual(_words);

    public override bool Equals(object? obj) => obj is PlanKey other && Equals(other);

    public override int GetHashCode() => _hash;

    static ulong Mix(ulong hash, ulong pair)
    {
        hash = (hash ^ pair) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }
}
