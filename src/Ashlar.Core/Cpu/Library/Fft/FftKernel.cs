using System.Numerics;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>The Fourier transform of pairs [..., n, 2] along n. One item is a block of rows, which are transformed side by side: a row's bits do not depend on its neighbours.</summary>
sealed unsafe class FftKernel<T> : LibraryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Four planes of a block are to stay in a second-level cache.
    const int BytesOfBlock = 1 << 17;
    const int MostRows = 16;

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
            Split((T*)operands[0] + start, _inverse ? data.Exchanged : data, s);
            Planes<T> result = _levels is { } levels ? levels.Run(data, other, s) : _chirp!.Run(data, other, s);
            Join(_inverse ? result.Exchanged : result, (T*)operands[1] + start, s);
        }

        thread.Release(mark);
    }

    static int RowsOfBlock(int rows, int length)
    {
        int room = FftFactors.Of(length) is null ? FftFactors.ChirpLength(length) : length;
        int most = MostRows;
        while (most > 1 && (most / 2 >= rows || 4L * most * room * sizeof(T) > BytesOfBlock))
        {
            most /= 2;
        }

        return most;
    }

    // s rows of pairs → planes [n, s].
    void Split(T* pairs, Planes<T> planes, int s)
    {
        for (int q = 0; q < s; q++)
        {
            for (int i = 0; i < _length; i++, pairs += 2)
            {
                planes.Re[((nint)i * s) + q] = pairs[0];
                planes.Im[((nint)i * s) + q] = pairs[1];
            }
        }
    }

    void Join(Planes<T> planes, T* pairs, int s)
    {
        for (int q = 0; q < s; q++)
        {
            for (int i = 0; i < _length; i++, pairs += 2)
            {
                pairs[0] = planes.Re[((nint)i * s) + q];
                pairs[1] = planes.Im[((nint)i * s) + q];
            }
        }
    }
}
