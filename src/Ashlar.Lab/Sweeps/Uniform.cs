namespace Ashlar.Lab.Sweeps;

/// <summary>Uniform numbers of float64 from a stream of words.</summary>
static class Uniform
{
    /// <summary>The first number of a stream.</summary>
    public static double Of(RandomWords words) => Next(ref words);

    /// <summary>The next number: a multiple of 2⁻⁵³ in [0, 1).</summary>
    public static double Next(ref RandomWords words)
    {
        ulong high = words.Next();
        ulong bits = ((high << 32) | words.Next()) >> 11;
        return bits * (1.0 / (1UL << 53));
    }
}
