using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>Sweeps of plane rotations that neighbouring rows of a matrix are to meet, one after the other.</summary>
/// <remarks>A sweep rotates rows (i, i + 1) for consecutive i, rising or falling. Elements of different columns never meet, so an executor may run through all sweeps for some columns before it turns to others.</remarks>
ref struct RotationQueue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Most sweeps in a queue.</summary>
    public const int MostSweeps = 32;

    readonly Span<T> _factors;
    readonly Span<Sweep> _sweeps;
    int _used;

    /// <param name="factors">As many elements as <see cref="FactorsOf"/> says.</param>
    /// <param name="sweeps"><see cref="MostSweeps"/> places.</param>
    public RotationQueue(Span<T> factors, Span<Sweep> sweeps)
    {
        _factors = factors;
        _sweeps = sweeps;
    }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Sweep> Sweeps => _sweeps[..Count];

    /// <summary>Cosine and sine of each rotation, in the order of the sweeps.</summary>
    public readonly ReadOnlySpan<T> Factors => _factors[.._used];

    public readonly bool IsFull => Count == MostSweeps;

    /// <summary>Elements that the factors of a queue for rotations of n rows take.</summary>
    public static int FactorsOf(int n) => 2 * MostSweeps * n;

    /// <summary>Adds a sweep whose first rotation is of rows (first, first + 1), and gives room for the cosine and sine of each: (x, y) ← (c·x - s·y, s·x + c·y).</summary>
    public Span<T> Add(int first, bool rising, int rotations)
    {
        _sweeps[Count++] = new Sweep(first, rising, _used / 2, rotations);
        _used += 2 * rotations;
        return _factors.Slice(_used - (2 * rotations), 2 * rotations);
    }

    /// <summary>Takes rotations from the end of the last sweep.</summary>
    public void Shorten(int rotations)
    {
        _sweeps[Count - 1] = _sweeps[Count - 1] with { Count = _sweeps[Count - 1].Count - rotations };
        _used -= 2 * rotations;
    }

    public void Clear() => (Count, _used) = (0, 0);

    /// <summary>One sweep.</summary>
    /// <param name="First">Upper row of the first rotation.</param>
    /// <param name="Rising">Whether the next rotation is one row further down.</param>
    /// <param name="Start">Number of its first rotation among all of the queue.</param>
    /// <param name="Count">Rotations.</param>
    public readonly record struct Sweep(int First, bool Rising, int Start, int Count);
}
