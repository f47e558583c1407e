using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Library;

/// <summary>Elements of four bytes as unsigned words that order them, and back: the upper halves of the keys of <see cref="Reference.SortKey"/>.</summary>
static unsafe class OrderedWords
{
    const uint Sign = 0x8000_0000;
    const int Infinity = 0x7F80_0000;

    /// <summary>The word of +0 and -0 in ascending order, of NaN in both.</summary>
    public const uint Zero = Sign, NaN = uint.MaxValue;

    /// <summary>Writes the words of elements side by side.</summary>
    /// <param name="x">[count] float32 or int32.</param>
    /// <param name="words">[count].</param>
    /// <param name="count">≥ 0.</param>
    /// <param name="floating">Whether they are float32.</param>
    /// <param name="descending">Whether the order descends; NaN stays last.</param>
    /// <returns>Whether words do not tell all bits: there is a NaN or a -0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool From(uint* x, uint* words, int count, bool floating, bool descending)
    {
        uint turn = descending ? uint.MaxValue : 0;
        if (!floating)
        {
            Xor(x, words, count, Sign ^ turn);
            return false;
        }

        Vector256<uint> special = Vector256<uint>.Zero;
        int i = 0;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            Vector256<uint> bits = Vector256.Load(x + i);
            Vector256<uint> magnitude = bits & Vector256.Create(~Sign);
            Vector256<uint> negative = (bits.AsInt32() >> 31).AsUInt32();
            Vector256<uint> isZero = Vector256.Equals(magnitude, Vector256<uint>.Zero);
            Vector256<uint> isNaN = Vector256.GreaterThan(magnitude.AsInt32(), Vector256.Create(Infinity)).AsUInt32();
            Vector256<uint> word = bits ^ (negative | Vector256.Create(Sign));
            word = Vector256.ConditionalSelect(isZero, Vector256.Create(Zero), word) ^ Vector256.Create(turn);
            (word | isNaN).Store(words + i);
            special |= isNaN | (isZero & negative);
        }

        bool any = special != Vector256<uint>.Zero;
        for (; i < count; i++)
        {
            words[i] = From(x[i], turn);
            any |= words[i] == NaN || x[i] == Sign;
        }

        return any;
    }

    /// <summary>The word of one float32.</summary>
    /// <param name="bits">Its bits.</param>
    /// <param name="turn">All ones to descend, else 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint From(uint bits, uint turn)
    {
        uint magnitude = bits & ~Sign;
        uint word = magnitude == 0 ? Zero : bits == magnitude ? bits | Sign : ~bits;
        return magnitude > Infinity ? NaN : word ^ turn;
    }

    /// <summary>Writes the elements of words: +0 for a zero, one NaN for all.</summary>
    /// <inheritdoc cref="From(uint*, uint*, int, bool, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void To(uint* words, uint* x, int count, bool floating, bool descending)
    {
        uint turn = descending ? uint.MaxValue : 0;
        if (!floating)
        {
            Xor(words, x, count, Sign ^ turn);
            return;
        }

        int i = 0;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            Vector256<uint> word = Vector256.Load(words + i);
            Vector256<uint> isNaN = Vector256.Equals(word, Vector256<uint>.AllBitsSet);
            word ^= Vector256.Create(turn);
            Vector256<uint> positive = (word.AsInt32() >> 31).AsUInt32();
            Vector256<uint> bits = word ^ (~positive | Vector256.Create(Sign));
            Vector256.ConditionalSelect(isNaN, Vector256.Create(0x7FC0_0000u), bits).Store(x + i);
        }

        for (; i < count; i++)
        {
            uint word = words[i] ^ turn;
            x[i] = words[i] == NaN ? 0x7FC0_0000u : (word & Sign) != 0 ? word ^ Sign : ~word;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Xor(uint* from, uint* to, int count, uint mask)
    {
        int i = 0;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            (Vector256.Load(from + i) ^ Vector256.Create(mask)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = from[i] ^ mask;
        }
    }
}
