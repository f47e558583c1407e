using System.Numerics;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>The Fourier transform of pairs [..., n, 2] along n. One item is a block of rows, which are transformed side by side: a row's bits do not depend on its neighbours.</summary>
sealed unsafe class FftKernel<T> : LibraryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Most rows that are transformed side by side.</summary>
    public const int MostRows = 16;

    // Four planes of a block are to stay in a second-level cache.
    const int BytesOfBlock = 1 << 17;

    readonly int _rows;
    readonly int _length;
    readonly int _rowsOfBlock;
    readonly bool _inverse;
    readonly FftLevels<T>? _levels;
    readonly FftChirp<T>? _chirp;

    /// <param name="pairs">[..., n, 2], n ≥ 1.</param>
    /// <param name="inverse">Whether the exponent is positive.</param>
    public FftKernel(Shape pairs, bool inverse)
        : this(pairs.Size / (2 * pairs[^2]), pairs[^2], RowsOfBlock(pairs.Size / (2 * pairs[^2]), pairs[^2]), inverse)
    {
    }

    FftKernel(int rows, int length, int rowsOfBlock, bool inverse)
        : base((rows + rowsOfBlock - 1) / rowsOfBlock, 16L * rowsOfBlock * length)
    {
        (_rows, _length, _rowsOfBlock, _inverse) = (rows, length, rowsOfBlock, inverse);
        _levels = FftFactors.Of(length) is { } radices ? new FftLevels<T>(length, radices) : null;
        _chirp = _levels is null ? new FftChirp<T>(length) : null;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        nint plane = (nint)_rowsOfBlock * (_chirp?.Room ?? _length);
        T* scratch = (T*)thread.Take(4 * plane * sizeof(T));
        var data = new Planes<T>(scratch, scratch + plane);
        Planes<T> other = data.At(2 * plane);
        for (int block = first; block < end; block++)
        {
            int row = block * _rowsOfBlock;
            int s = Math.Min(_rowsOfBlock, _rows - row);
            nint start = 2 * (nint)row * _length;
            PairMoves<T>.Split((T*)operands[0] + start, 2 * (nint)_length, _length, _inverse ? data.Exchanged : data, s);
            Planes<T> result = _levels is { } levels ? levels.Run(data, other, s) : _chirp!.Run(data, other, s);
            PairMoves<T>.Join(_inverse ? result.Exchanged : result, (T*)operands[1] + start, 2 * (nint)_length, _length, s);
        }

        thread.Release(mark);
    }

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
