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
        ulong hash = 14695981039346656037;
        foreach (int word in words)
        {
            hash = (hash ^ (uint)word) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return (int)hash;
    }

    public bool Matches(ReadOnlySpan<int> words) => words.SequenceEqual(_words);

    public bool Equals(PlanKey other) => other._words.AsSpan().SequenceEqual(_words);

    public override bool Equals(object? obj) => obj is PlanKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
