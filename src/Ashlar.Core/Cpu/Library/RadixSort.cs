using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library;

/// <summary>Unsigned words sorted by bytes, least significant first; bytes that all share are skipped.</summary>
static unsafe class RadixSort
{
    const int Digits = 256;

    /// <summary>Sorts words.</summary>
    /// <param name="words">[count].</param>
    /// <param name="other">[count], working memory.</param>
    /// <param name="count">≥ 1.</param>
    /// <returns>Which of the two holds the result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T* Run<T>(T* words, T* other, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        int* starts = stackalloc int[sizeof(T) * Digits];
        for (int i = 0; i < count; i++)
        {
            T word = words[i];
            for (int digit = 0; digit < sizeof(T); digit++)
            {
                starts[(digit * Digits) + byte.CreateTruncating(word >> (8 * digit))]++;
            }
        }

        for (int digit = 0; digit < sizeof(T); digit++)
        {
            int* start = starts + (digit * Digits);
            int shift = 8 * digit;
            if (start[byte.CreateTruncating(words[0] >> shift)] == count)
            {
                continue;
            }

            int sum = 0;
            for (int value = 0; value < Digits; value++)
            {
                (start[value], sum) = (sum, sum + start[value]);
            }

            for (int i = 0; i < count; i++)
            {
                T word = words[i];
                other[start[byte.CreateTruncating(word >> shift)]++] = word;
            }

            T* sorted = other;
            other = words;
            words = sorted;
        }

        return words;
    }
}
