using Ashlar.Scalars;

namespace Ashlar.Randomness;

/// <summary>Threefry-2x32 with 20 rounds: a counter-based generator, two random words for a key and a counter.</summary>
/// <remarks>Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3. Equal arguments give equal words,
/// so neither order nor the number of workers matters. The host form and the scalar program are the same function.</remarks>
public static class Threefry
{
    const int Rounds = 20;
    const uint Parity = 0x1BD1_1BDA;

    static readonly int[] Rotations = [13, 15, 26, 6, 17, 29, 16, 24];

    /// <summary>The function as a scalar program.</summary>
    /// <param name="key0">int32, first word of the key.</param>
    /// <param name="key1">int32, second word of the key.</param>
    /// <param name="counter0">int32, first word of the counter.</param>
    /// <param name="counter1">int32, second word of the counter.</param>
    /// <returns>Two int32 words, every bit random.</returns>
    /// <exception cref="DTypeException">An argument is not int32.</exception>
    public static (Scalar Word0, Scalar Word1) Of(Scalar key0, Scalar key1, Scalar counter0, Scalar counter1)
    {
        foreach (Scalar word in (ReadOnlySpan<Scalar>)[key0, key1, counter0, counter1])
        {
            if (word.Type != DType.Int32)
            {
                throw new DTypeException($"Threefry: an argument is {word.Type.Name}. Keys and counters are int32.");
            }
        }

        Scalar[] keys = [key0, key1, key0 ^ key1 ^ Word(key0, Parity)];
        Scalar x0 = counter0 + key0;
        Scalar x1 = counter1 + key1;
        for (int round = 0; round < Rounds; round++)
        {
            int rotation = Rotations[round % 8];
            x0 += x1;
            x1 = ((x1 << rotation) | (x1 >>> (32 - rotation))) ^ x0;
            if (round % 4 == 3)
            {
                int injection = (round / 4) + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + Word(key0, (uint)injection);
            }
        }

        return (x0, x1);
    }

    /// <summary>The same function on the host.</summary>
    /// <param name="key0">First word of the key.</param>
    /// <param name="key1">Second word of the key.</param>
    /// <param name="counter0">First word of the counter.</param>
    /// <param name="counter1">Second word of the counter.</param>
    public static (uint Word0, uint Word1) Evaluate(uint key0, uint key1, uint counter0, uint counter1)
    {
        ReadOnlySpan<uint> keys = [key0, key1, key0 ^ key1 ^ Parity];
        uint x0 = counter0 + key0;
        uint x1 = counter1 + key1;
        for (int round = 0; round < Rounds; round++)
        {
            x0 += x1;
            x1 = uint.RotateLeft(x1, Rotations[round % 8]) ^ x0;
            if (round % 4 == 3)
            {
                int injection = (round / 4) + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + (uint)injection;
            }
        }

        return (x0, x1);
    }

    static Scalar Word(Scalar like, uint bits) => like.Builder.ConstantBits(DType.Int32, bits);
}
