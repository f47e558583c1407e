using System.Text;
using Ashlar.Randomness;

namespace Ashlar;

/// <summary>The source of all chance: 64 bits from which random numbers and further keys are derived by <see cref="Threefry"/>.</summary>
/// <remarks>A value: drawing does not change it, so using one key twice gives the same numbers twice. Split it, or fold in what tells two uses apart.
/// Derived keys use counters whose first word names the derivation, away from the counters of a draw.</remarks>
/// <param name="Key0">First word.</param>
/// <param name="Key1">Second word.</param>
public readonly record struct RandomKey(uint Key0, uint Key1)
{
    // First counter words; draws of elements count upward from zero and do not reach these.
    const uint SplitDomain = 0xFFFF_FFFF;
    const uint FoldDomain = 0xFFFF_FFFE;
    const uint PurposeDomain = 0xFFFF_FFFD;

    /// <summary>The root key of a seed; every seed has its own.</summary>
    public static RandomKey FromSeed(long seed) => new((uint)(seed >> 32), (uint)seed);

    /// <summary>Two keys independent of each other and of this one.</summary>
    public (RandomKey First, RandomKey Second) Split() => (Derive(SplitDomain, 0), Derive(SplitDomain, 1));

    /// <summary>Independent keys; the first two are those of <see cref="Split()"/>.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public RandomKey[] Split(int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"RandomKey.Split: the count is {count}. It must be at least 0.");
        }

        var keys = new RandomKey[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = Derive(SplitDomain, (uint)i);
        }

        return keys;
    }

    /// <summary>The key of a step, sample or shard number.</summary>
    public RandomKey Fold(int data) => Derive(FoldDomain, (uint)data);

    /// <summary>The key of a purpose such as <c>"dropout"</c>.</summary>
    /// <param name="purpose">Hashed as UTF-8 by 32-bit FNV-1a (Fowler, Noll and Vo 1991).</param>
    public RandomKey Fold(string purpose)
    {
        uint hash = 2166136261;
        foreach (byte octet in Encoding.UTF8.GetBytes(purpose))
        {
            hash = (hash ^ octet) * 16777619;
        }

        return Derive(PurposeDomain, hash);
    }

    RandomKey Derive(uint domain, uint number)
    {
        (uint word0, uint word1) = Threefry.Evaluate(Key0, Key1, domain, number);
        return new RandomKey(word0, word1);
    }
}
