using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>Singular values of an upper bidiagonal matrix by implicit QR sweeps, with a zero shift where a shift would cost small values their digits (Demmel and Kahan 1990), as LAPACK's bdsqr.</summary>
/// <remarks>Each singular value comes out within a small multiple of n·ε of itself. Sweeps run from the large end of a block to the small one.</remarks>
ref struct BidiagonalIteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int SweepsPerValue = 6;

    readonly MatrixSteps<T> _steps;
    readonly Span<T> _d;
    readonly Span<T> _e;
    readonly MatrixView<T> _left;
    readonly MatrixView<T> _right;
    readonly T _epsilon;
    readonly T _tolerance;
    RotationQueue<T> _queueLeft;
    RotationQueue<T> _queueRight;
    T _nothing;
    int _first;
    int _last;
    bool _rising;

    BidiagonalIteration(MatrixSteps<T> steps, Span<T> d, Span<T> e, MatrixView<T> left, MatrixView<T> right, RotationQueue<T> queueLeft, RotationQueue<T> queueRight)
    {
        _steps = steps;
        _d = d;
        _e = e;
        _left = left;
        _right = right;
        _queueLeft = queueLeft;
        _queueRight = queueRight;
        _epsilon = RowSteps.Epsilon<T>() / RowSteps.Number<T>(2);
        _tolerance = RowSteps.Number<T>(10) * _epsilon;
    }

    /// <summary>Elements of working memory.</summary>
    public static int Scratch(int n) => 2 * RotationQueue<float>.FactorsOf(n);

    /// <summary>Makes d the singular values, ≥ 0 in no order, and rotates the rows of both matrices with them. False when they did not converge.</summary>
    /// <param name="steps">Who computes.</param>
    /// <param name="d">The diagonal.</param>
    /// <param name="e">What stands above it, in a span as long; lost.</param>
    /// <param name="left">Rows are the left vectors, at least as many as d is long.</param>
    /// <param name="right">Rows are the right vectors.</param>
    /// <param name="scratch">As <see cref="Scratch"/> says.</param>
    public static bool Run(MatrixSteps<T> steps, Span<T> d, Span<T> e, MatrixView<T> left, MatrixView<T> right, Span<T> scratch)
    {
        int factors = RotationQueue<T>.FactorsOf(d.Length);
        var queueLeft = new RotationQueue<T>(scratch[..factors], stackalloc RotationQueue<T>.Sweep[RotationQueue<T>.MostSweeps]);
        var queueRight = new RotationQueue<T>(scratch.Slice(factors, factors), stackalloc RotationQueue<T>.Sweep[RotationQueue<T>.MostSweeps]);
        var iteration = new BidiagonalIteration<T>(steps, d, e, left, right, queueLeft, queueRight);
        return iteration.Iterate();
    }

    bool Iterate()
    {
        int n = _d.Length;
        _nothing = Threshold();
        long left = (long)SweepsPerValue * n * n;
        (int oldFirst, int oldLast) = (-1, -1);
        _last = n - 1;
        while (_last > 0)
        {
            if (left <= 0)
            {
                return false;
            }

            T largest = FindBlock();
            if (_first == _last)
            {
                _last--;
                continue;
            }

            if (_first == _last - 1)
            {
                SolvePair();
                _last -= 2;
                continue;
            }

            if (_first > oldLast || _last < oldFirst)
            {
                _rising = T.Abs(_d[_first]) >= T.Abs(_d[_last]);
            }

            if (!IsSeparate(out T least))
            {
                (oldFirst, oldLast) = (_first, _last);
                left -= _last - _first;
                Sweep(Shift(least, largest));
            }
        }

        Flush();
        for (int i = 0; i < n; i++)
        {
            if (_d[i] < T.Zero)
            {
                _d[i] = -_d[i];
                RowSteps.Negate(_right.Row(i));
            }
        }

        return true;
    }

    // Elements beside the diagonal up to this are nothing: a fraction of a lower bound of the least singular value.
    readonly T Threshold()
    {
        int n = _d.Length;
        T least = n == 0 ? T.Zero : T.Abs(_d[0]);
        T mu = least;
        for (int i = 1; i < n && least > T.Zero; i++)
        {
            mu = T.Abs(_d[i]) * (mu / (mu + T.Abs(_e[i - 1])));
            least = T.Min(least, mu);
        }

        T size = T.CreateTruncating(Math.Max(1, n));
        T smallest = T.ScaleB(T.One, typeof(T) == typeof(float) ? -126 : -1022);
        return T.Max(_tolerance * (least / T.Sqrt(size)), RowSteps.Number<T>(SweepsPerValue) * size * size * smallest);
    }

    // The lowest block that does not fall apart, ending at _last; its largest magnitude.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    T FindBlock()
    {
        T largest = T.Abs(_d[_last]);
        for (_first = _last; _first > 0; _first--)
        {
            if (T.Abs(_e[_first - 1]) <= _nothing)
            {
                _e[_first - 1] = T.Zero;
                break;
            }

            largest = T.Max(largest, T.Max(T.Abs(_d[_first - 1]), T.Abs(_e[_first - 1])));
        }

        return largest;
    }

    // Sets an element to zero that changes no value of the block by more than the tolerance (Demmel and Kahan 1990, criteria 1 and 2); else a lower bound of the least value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly bool IsSeparate(out T least)
    {
        least = T.Zero;
        int end = _rising ? _last - 1 : _first;
        if (T.Abs(_e[end]) <= _tolerance * T.Abs(_rising ? _d[_last] : _d[_first]))
        {
            _e[end] = T.Zero;
            return true;
        }

        T mu = T.Abs(_rising ? _d[_first] : _d[_last]);
        least = mu;
        for (int k = _first; k < _last; k++)
        {
            int i = _rising ? k : _first + _last - 1 - k;
            T beside = T.Abs(_e[i]);
            if (beside <= _tolerance * mu)
            {
                _e[i] = T.Zero;
                return true;
            }

            mu = T.Abs(_d[_rising ? i + 1 : i]) * (mu / (mu + beside));
            least = T.Min(least, mu);
        }

        return false;
    }

    // Zero where a shift would spoil the relative accuracy of small values or is too small to help.
    readonly T Shift(T least, T largest)
    {
        if (T.CreateTruncating(_d.Length) * _tolerance * (least / largest) <= T.Max(_epsilon, RowSteps.Number<T>(0.01) * _tolerance))
        {
            return T.Zero;
        }

        int i = _rising ? _last - 1 : _first;
        T shift = TwoByTwo.SmallerSingularValue(_d[i], _e[i], _d[i + 1]);
        T ratio = shift / T.Abs(_rising ? _d[_first] : _d[_last]);
        return ratio * ratio < _epsilon ? T.Zero : shift;
    }

    void SolvePair()
    {
        (T smaller, T larger, (T C, T S) left, (T C, T S) right) = TwoByTwo.Decompose(_d[_first], _e[_first], _d[_last]);
        (_d[_first], _e[_first], _d[_last]) = (larger, T.Zero, smaller);
        FlushWhenFull();
        Put(_queueRight.Add(_first, rising: true, 1), 0, right.C, -right.S);
        Put(_queueLeft.Add(_first, rising: true, 1), 0, left.C, -left.S);
    }

    void Sweep(T shift)
    {
        FlushWhenFull();
        Span<T> right = _queueRight.Add(_rising ? _first : _last - 1, _rising, _last - _first);
        Span<T> left = _queueLeft.Add(_rising ? _first : _last - 1, _rising, _last - _first);

        // A rising sweep rotates from the right first, a falling one from the left.
        if (shift == T.Zero)
        {
            SweepUnshifted(_rising ? right : left, _rising ? left : right);
        }
        else
        {
            SweepShifted(shift, _rising ? right : left, _rising ? left : right);
        }

        int end = _rising ? _last - 1 : _first;
        if (T.Abs(_e[end]) <= _nothing)
        {
            _e[end] = T.Zero;
        }
    }

    // Falling sweeps are rising ones of the matrix with rows, columns and sides exchanged.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SweepUnshifted(Span<T> first, Span<T> second)
    {
        int step = _rising ? 1 : -1;
        (T c, T oldC, T oldS) = (T.One, T.One, T.Zero);
        int start = _rising ? _first : _last;
        int end = _rising ? _last : _first;
        for (int i = start; i != end; i += step)
        {
            int ahead = _rising ? i : i - 1;
            (c, T s, T r) = TwoByTwo.Rotation(_d[i] * c, _e[ahead]);
            if (i != start)
            {
                _e[ahead - step] = oldS * r;
            }

            (oldC, oldS, _d[i]) = TwoByTwo.Rotation(oldC * r, _d[i + step] * s);
            Put(first, (i - start) * step, c, _rising ? -s : s);
            Put(second, (i - start) * step, oldC, _rising ? -oldS : oldS);
        }

        T last = _d[end] * c;
        _d[end] = last * oldC;
        _e[_rising ? end - 1 : end] = last * oldS;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SweepShifted(T shift, Span<T> first, Span<T> second)
    {
        int step = _rising ? 1 : -1;
        int start = _rising ? _first : _last;
        int end = _rising ? _last : _first;
        T f = (T.Abs(_d[start]) - shift) * (T.CopySign(T.One, _d[start]) + (shift / _d[start]));
        T g = _e[_rising ? start : start - 1];
        for (int i = start; i != end; i += step)
        {
            int ahead = _rising ? i : i - 1;
            (T c, T s, T r) = TwoByTwo.Rotation(f, g);
            if (i != start)
            {
                _e[ahead - step] = r;
            }

            (T here, T beside, T next) = (_d[i], _e[ahead], _d[i + step]);
            f = T.FusedMultiplyAdd(c, here, s * beside);
            beside = T.FusedMultiplyAdd(c, beside, -(s * here));
            g = s * next;
            next = c * next;
            (T secondC, T secondS, _d[i]) = TwoByTwo.Rotation(f, g);
            f = T.FusedMultiplyAdd(secondC, beside, secondS * next);
            _d[i + step] = T.FusedMultiplyAdd(secondC, next, -(secondS * beside));
            if (i + step != end)
            {
                g = secondS * _e[ahead + step];
                _e[ahead + step] = secondC * _e[ahead + step];
            }

            Put(first, (i - start) * step, c, _rising ? -s : s);
            Put(second, (i - start) * step, secondC, _rising ? -secondS : secondS);
        }

        _e[_rising ? end - 1 : end] = f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(Span<T> factors, int place, T c, T s)
    {
        factors[2 * place] = c;
        factors[(2 * place) + 1] = s;
    }

    void FlushWhenFull()
    {
        if (_queueLeft.IsFull)
        {
            Flush();
        }
    }

    void Flush()
    {
        _steps.Rotate(_left, _queueLeft);
        _steps.Rotate(_right, _queueRight);
        _queueLeft.Clear();
        _queueRight.Clear();
    }
}
