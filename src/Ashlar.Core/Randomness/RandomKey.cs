using System.Text;
using Ashlar.Scalars;

namespace Ashlar.Randomness;

/// <summary>Where chance comes from: 64 bits from which further keys and random numbers follow. Equal keys give equal bits, on any machine and in any order.</summary>
/// <remarks>Keys are derived by Threefry2x32-20 (Salmon, Moraes, Dror, Shaw 2011): the key encrypts what is folded in. Use a key once; derive a new one for each purpose.</remarks>
/// <param name="Word0">The lower 32 bits.</param>
/// <param name="Word1">The upper 32 bits.</param>
public readonly record struct RandomKey(int Word0, int Word1)
{
    static readonly ScalarProgram Derivation = Derive();

    /// <param name="seed">The root of a run's chance; any number.</param>
    public RandomKey(long seed)
        : this((int)seed, (int)(seed >> 32))
    {
    }

    /// <summary>The key for item <paramref name="number"/>: a step, a sample, a layer.</summary>
    public RandomKey Fold(long number)
    {
        Span<long> words = stackalloc long[2];
        Span<long> values = stackalloc long[Derivation.Instructions.Length];
        ScalarInterpreter.Evaluate(Derivation, [(uint)Word0, (uint)Word1, (uint)number, (uint)(number >> 32)], words, values);
        return new RandomKey((int)words[0], (int)words[1]);
    }

    /// <summary>The key for a purpose: the bytes of the name in UTF-8 are folded in eight at a time, then their count.</summary>
    public RandomKey Fold(string purpose)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(purpose);
        RandomKey key = this;
        for (int start = 0; start < bytes.Length; start += sizeof(long))
        {
            long word = 0;
            for (int i = Math.Min(bytes.Length, start + sizeof(long)) - 1; i >= start; i--)
            {
                word = (word << 8) | bytes[i];
            }

            key = key.Fold(word);
        }

        return key.Fold(bytes.LongLength);
    }

    /// <summary>Two keys for two purposes.</summary>
    public (RandomKey First, RandomKey Second) Split() => (Fold(0), Fold(1));

    static ScalarProgram Derive()
    {
        var builder = new ScalarBuilder();
        Scalar[] x = [builder.Input(DType.Int32), builder.Input(DType.Int32), builder.Input(DType.Int32), builder.Input(DType.Int32)];
        (Scalar first, Scalar second) = Threefry.Of(x[0], x[1], x[2], x[3]);
        return builder.Build(first, second);
    }
}
