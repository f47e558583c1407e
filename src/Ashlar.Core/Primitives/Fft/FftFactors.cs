namespace Ashlar.Primitives.Fft;

/// <summary>Into which radices a length is split, and in which order: part of the definition of the transform.</summary>
static class FftFactors
{
    // A radix r costs r operations an element, a chirp about as many as this one.
    const int LargestRadix = 31;

    /// <summary>Fours, at most one two, then odd primes from small to large; null if a prime is larger than 31 and the length is transformed by a chirp.</summary>
    public static int[]? Of(int length)
    {
        var radices = new List<int>();
        int rest = length;
        for (int radix = 4; rest > 1; radix = radix == 4 ? 2 : radix == 2 ? 3 : radix + 2)
        {
            if (radix > LargestRadix)
            {
                return null;
            }

            for (; rest % radix == 0; rest /= radix)
            {
                radices.Add(radix);
            }
        }

        return [.. radices];
    }

    /// <summary>The length on which a chirp is convolved: the least power of two times 1, 3, 5 or 9 from 2 · length - 1 on.</summary>
    public static int ChirpLength(int length)
    {
        long least = (2L * length) - 1;
        long best = long.MaxValue;
        foreach (int odd in (ReadOnlySpan<int>)[1, 3, 5, 9])
        {
            long parts = (least + odd - 1) / odd;
            best = Math.Min(best, odd * (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)parts));
        }

        return checked((int)best);
    }
}
