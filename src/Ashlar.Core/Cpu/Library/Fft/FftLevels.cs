using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>The levels of a transform of one length whose primes are small, with their factors.</summary>
sealed unsafe class FftLevels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int[] _radices;
    readonly T[][] _turns;
    readonly T[][] _circles;
    readonly T[]? _across;

    /// <param name="length">≥ 1.</param>
    /// <param name="radices">Its factors, in order.</param>
    public FftLevels(int length, int[] radices)
    {
        Length = length;
        _radices = radices;
        _turns = new T[radices.Length][];
        _circles = new T[radices.Length][];
        (double Cos, double Sin)[] table = Turns.Table(length);
        int n = length;
        for (int level = 0; level < radices.Length; level++)
        {
            int r = radices[level];
            int m = n / r;
            T[] turns = GC.AllocateUninitializedArray<T>(2 * m * (r - 1), pinned: true);
            for (int p = 0; p < m; p++)
            {
                for (int k = 1; k < r; k++)
                {
                    (double cos, double sin) = table[(long)p * k % n * (length / n)];
                    int place = 2 * ((p * (r - 1)) + k - 1);
                    (turns[place], turns[place + 1]) = (T.CreateTruncating(cos), T.CreateTruncating(-sin));
                }
            }

            T[] circle = GC.AllocateUninitializedArray<T>(2 * r, pinned: true);
            for (int i = 0; i < r; i++)
            {
                (double cos, double sin) = Turns.Of(i, r);
                (circle[2 * i], circle[(2 * i) + 1]) = (T.CreateTruncating(cos), T.CreateTruncating(sin));
            }

            (_turns[level], _circles[level], n) = (turns, circle, m);
        }

        _across = length > 4 && radices[0] == 4 ? Across(_turns[0], length / 4) : null;
    }

    // [m, 3, 2] → [3, 2, m].
    static T[] Across(T[] turns, int m)
    {
        T[] across = GC.AllocateUninitializedArray<T>(turns.Length, pinned: true);
        for (int p = 0; p < m; p++)
        {
            for (int i = 0; i < 6; i++)
            {
                across[(i * m) + p] = turns[(6 * p) + i];
            }
        }

        return across;
    }

    /// <summary>Elements of a transform.</summary>
    public int Length { get; }

    /// <summary>Transforms s sequences side by side.</summary>
    /// <param name="data">[length, s]; overwritten.</param>
    /// <param name="other">Room for as many.</param>
    /// <param name="s">How many sequences.</param>
    /// <returns>Which of the two holds the result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Planes<T> Run(Planes<T> data, Planes<T> other, int s)
    {
        int n = Length;
        for (int level = 0; level < _radices.Length; level++)
        {
            int m = n / _radices[level];
            fixed (T* turns = _turns[level], circle = _circles[level], across = _across)
            {
                var pass = new FftPass<T>(_radices[level], m, s, turns, circle);
                if (level == 0 && s == 1 && across != null && QuadTranspose<T>.IsSupported)
                {
                    int p = sizeof(T) == 8 ? pass.RunFirst<Lane256<T>>(data, other, across) : pass.RunFirst<Lane128<T>>(data, other, across);
                    pass.RunRest(data, other, p);
                }
                else
                {
                    pass.Run(data, other);
                }
            }

            (data, other) = (other, data);
            s *= _radices[level];
            n = m;
        }

        return data;
    }
}
