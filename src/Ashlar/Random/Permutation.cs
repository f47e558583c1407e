namespace Ashlar;

/// <summary>Random orders of the first n integers.</summary>
public static class Permutation
{
    /// <summary>A permutation of 0 … n-1, each of the n! equally likely as far as the generator goes.</summary>
    /// <param name="key">Equal keys give equal permutations.</param>
    /// <param name="n">Extent, n ≥ 0.</param>
    /// <returns>A new array of n integers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    /// <remarks>Durstenfeld 1964, algorithm 235 (Fisher-Yates). O(n) time.</remarks>
    public static int[] Draw(RandomKey key, int n)
    {
        if (n < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(n), $"Permutation: the extent is {n}. It must be at least 0.");
        }

        var order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        var words = new RandomWords(key);
        for (int i = n - 1; i > 0; i--)
        {
            int j = (int)words.Below((uint)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
