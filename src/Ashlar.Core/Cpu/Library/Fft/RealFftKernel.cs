using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Fft;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>The Fourier transform of real rows [..., n] to pairs [..., n/2 + 1, 2], or its inverse. One item is a block of rows, which are transformed side by side.</summary>
sealed unsafe class RealFftKernel<T> : LibraryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int _rows;
    readonly int _count;
    readonly int _rowsOfBlock;
    readonly bool _inverse;
    readonly T _factor;
    readonly FftLevels<T>? _levels;
    readonly FftChirp<T>? _chirp;
    readonly HalfTurns<T>? _turns;

    /// <param name="real">[..., n], n ≥ 1.</param>
    /// <param name="inverse">Whether the real numbers are the result.</param>
    /// <param name="factor">What an inverse multiplies by.</param>
    public RealFftKernel(Shape real, bool inverse, double factor)
        : this(real.Size / real[^1], real[^1], FftKernel<T>.RowsOfBlock(real.Size / real[^1], real[^1] % 2 == 0 ? real[^1] / 2 : real[^1]), inverse, factor)
    {
    }

    RealFftKernel(int rows, int count, int rowsOfBlock, bool inverse, double factor)
        : base((rows + rowsOfBlock - 1) / rowsOfBlock, 8L * rowsOfBlock * count)
    {
        (_rows, _count, _rowsOfBlock, _inverse) = (rows, count, rowsOfBlock, inverse);
        _factor = T.CreateTruncating(factor);
        int length = count % 2 == 0 ? count / 2 : count;
        _turns = count % 2 == 0 ? new HalfTurns<T>(count, inverse, factor) : null;
        _levels = FftFactors.Of(length) is { } radices ? new FftLevels<T>(length, radices) : null;
        _chirp = _levels is null ? new FftChirp<T>(length) : null;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Execute(byte** operands, int first, int end)
    {
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        nint plane = (nint)_rowsOfBlock * Math.Max(_chirp?.Room ?? 0, _count + 1);
        T* scratch = (T*)thread.Take(4 * plane * sizeof(T));
        var data = new Planes<T>(scratch, scratch + plane);
        Planes<T> other = data.At(2 * plane);
        int half = (_count / 2) + 1;
        for (int block = first; block < end; block++)
        {
            int row = block * _rowsOfBlock;
            int s = Math.Min(_rowsOfBlock, _rows - row);
            T* real = (T*)operands[_inverse ? 1 : 0] + ((nint)row * _count);
            T* pairs = (T*)operands[_inverse ? 0 : 1] + (2 * (nint)row * half);
            if (_turns is null)
            {
                Whole(real, pairs, half, data, other, s);
            }
            else if (_inverse)
            {
                PairMoves<T>.Split(pairs, 2 * (nint)half, half, other, s);
                _turns.Run(other, data, s);
                Planes<T> result = Transform(data.Exchanged, other.Exchanged, s).Exchanged;
                PairMoves<T>.Join(result, real, _count, _count / 2, s);
            }
            else
            {
                PairMoves<T>.Split(real, _count, _count / 2, data, s);
                Planes<T> result = Transform(data, other, s);
                Planes<T> free = result.Re == data.Re ? other : data;
                _turns.Run(result, free, s);
                PairMoves<T>.Join(free, pairs, 2 * (nint)half, half, s);
            }
        }

        thread.Release(mark);
    }

    Planes<T> Transform(Planes<T> data, Planes<T> other, int s) => _levels is { } levels ? levels.Run(data, other, s) : _chirp!.Run(data, other, s);

    // An odd number of elements as complex ones.
    void Whole(T* real, T* pairs, int half, Planes<T> data, Planes<T> other, int s)
    {
        for (int q = 0; q < s; q++)
        {
            T* x = real + ((nint)q * _count);
            T* z = pairs + (2 * (nint)q * half);
            for (int i = 0; i < _count; i++)
            {
                int k = Math.Min(i, _count - i);
                T im = !_inverse || i == 0 ? T.Zero : z[(2 * k) + 1] * _factor;
                data.Re[((nint)i * s) + q] = _inverse ? z[2 * k] * _factor : x[i];
                data.Im[((nint)i * s) + q] = i > k ? -im : im;
            }
        }

        if (_inverse)
        {
            Planes<T> result = Transform(data.Exchanged, other.Exchanged, s).Exchanged;
            for (int q = 0; q < s; q++)
            {
                for (int i = 0; i < _count; i++)
                {
                    real[((nint)q * _count) + i] = result.Re[((nint)i * s) + q];
                }
            }
        }
        else
        {
            PairMoves<T>.Join(Transform(data, other, s), pairs, 2 * (nint)half, half, s);
        }
    }
}
