using System.Numerics;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>The Fourier transform of pairs [..., n, ..., 2] along n. One item is a block of lines, which are transformed side by side: rows, or columns that are neighbours in memory. A line's bits do not depend on its neighbours.</summary>
sealed unsafe class FftKernel<T> : LibraryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Most lines that are transformed side by side.</summary>
    public const int MostRows = 16;

    // Four planes of a block are to stay in a second-level cache.
    const int BytesOfBlock = 1 << 17;

    readonly int _lines;
    readonly int _length;
    readonly int _inner;
    readonly int _linesOfBlock;
    readonly int _blocks;
    readonly bool _inverse;
    readonly FftLevels<T>? _levels;
    readonly FftChirp<T>? _chirp;

    /// <param name="pairs">[..., n, ..., 2], n ≥ 1.</param>
    /// <param name="way">Direction and axis.</param>
    public FftKernel(Shape pairs, FftAttributes way)
        : this(way.Sizes(pairs), way.Inverse)
    {
    }

    FftKernel((int Rows, int Length, int Inner) sizes, bool inverse)
        : this(sizes, RowsOfBlock(sizes.Inner > 1 ? sizes.Inner : sizes.Rows, sizes.Length), inverse)
    {
    }

    FftKernel((int Rows, int Length, int Inner) sizes, int linesOfBlock, bool inverse)
        : base(Blocks(sizes, linesOfBlock) * (sizes.Inner > 1 ? sizes.Rows : 1), 16L * linesOfBlock * sizes.Length)
    {
        (_lines, _length, _inner, _linesOfBlock, _inverse) = (sizes.Inner > 1 ? sizes.Inner : sizes.Rows, sizes.Length, sizes.Inner, linesOfBlock, inverse);
        _blocks = Blocks(sizes, linesOfBlock);
        _levels = FftFactors.Of(_length) is { } radices ? new FftLevels<T>(_length, radices) : null;
        _chirp = _levels is null ? new FftChirp<T>(_length) : null;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        nint plane = (nint)_linesOfBlock * (_chirp?.Room ?? _length);
        T* scratch = (T*)thread.Take(4 * plane * sizeof(T));
        var data = new Planes<T>(scratch, scratch + plane);
        Planes<T> other = data.At(2 * plane);
        for (int block = first; block < end; block++)
        {
            int line = block % _blocks * _linesOfBlock;
            int s = Math.Min(_linesOfBlock, _lines - line);
            Planes<T> given = _inverse ? data.Exchanged : data;
            if (_inner > 1)
            {
                nint start = 2 * (((nint)(block / _blocks) * _length * _inner) + line);
                PairMoves<T>.SplitColumns((T*)operands[0] + start, 2 * (nint)_inner, _length, given, s);
                Planes<T> result = Transform(data, other, s);
                PairMoves<T>.JoinColumns(_inverse ? result.Exchanged : result, (T*)operands[1] + start, 2 * (nint)_inner, _length, s);
            }
            else
            {
                nint start = 2 * (nint)line * _length;
                PairMoves<T>.Split((T*)operands[0] + start, 2 * (nint)_length, _length, given, s);
                Planes<T> result = Transform(data, other, s);
                PairMoves<T>.Join(_inverse ? result.Exchanged : result, (T*)operands[1] + start, 2 * (nint)_length, _length, s);
            }
        }

        thread.Release(mark);
    }

    Planes<T> Transform(Planes<T> data, Planes<T> other, int s) => _levels is { } levels ? levels.Run(data, other, s) : _chirp!.Run(data, other, s);

    static int Blocks((int Rows, int Length, int Inner) sizes, int linesOfBlock) => ((sizes.Inner > 1 ? sizes.Inner : sizes.Rows) + linesOfBlock - 1) / linesOfBlock;

    /// <summary>How many of the rows are transformed side by side.</summary>
    public static int RowsOfBlock(int rows, int length)
    {
        int room = FftFactors.Of(length) is null ? FftFactors.ChirpLength(length) : length;
        int most = MostRows;
        while (most > 1 && (most / 2 >= rows || 4L * most * room * sizeof(T) > BytesOfBlock))
        {
            most /= 2;
        }

        // Fewer rows than the narrowest register has elements are faster one by one, with neighbouring elements in the registers.
        return most * sizeof(T) < 16 ? 1 : most;
    }
}
