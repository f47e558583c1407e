using System.Numerics;

namespace Ashlar.Primitives.Linalg;

/// <summary>The steps of which the decompositions are made, as slow scalar code that is their definition. A kernel replaces steps by faster ones of the same bits.</summary>
class MatrixSteps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The definition.</summary>
    public static MatrixSteps<T> Definition { get; } = new();

    /// <summary>c ← c ± a·b: each element takes one fused multiply-add for each k in order.</summary>
    public virtual void Multiply(MatrixView<T> c, MatrixView<T> a, MatrixView<T> b, bool negative = false)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                for (int k = 0; k < a.Columns; k++)
                {
                    c[i, j] = T.FusedMultiplyAdd(negative ? -a[i, k] : a[i, k], b[k, j], c[i, j]);
                }
            }
        }
    }

    /// <summary>to ← fromᵀ.</summary>
    public virtual void Transpose(MatrixView<T> from, MatrixView<T> to)
    {
        for (int i = 0; i < from.Rows; i++)
        {
            for (int j = 0; j < from.Columns; j++)
            {
                to[j, i] = from[i, j];
            }
        }
    }

    /// <summary>to ← fromᵀ for a dense matrix.</summary>
    public virtual void Transpose(ReadOnlySpan<T> from, MatrixView<T> to)
    {
        for (int i = 0; i < to.Columns; i++)
        {
            for (int j = 0; j < to.Rows; j++)
            {
                to[j, i] = from[(i * to.Rows) + j];
            }
        }
    }

    /// <summary>Turns a row's sign so that its element of largest magnitude, the first of equals, is positive. True when it turned.</summary>
    public virtual bool TurnPositive(Span<T> row) => RowSteps.TurnPositive(row);

    /// <summary>The largest magnitude of all rows; NaN if there is a NaN.</summary>
    public virtual T Largest(MatrixView<T> a)
    {
        T largest = T.Zero;
        for (int i = 0; i < a.Rows; i++)
        {
            largest = T.Max(largest, RowSteps.Largest<T>(a.Row(i)));
        }

        return largest;
    }

    /// <summary>Divides every row.</summary>
    public virtual void Divide(MatrixView<T> a, T divisor)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            RowSteps.Divide(a.Row(i), divisor);
        }
    }

    /// <summary>sums ← Σ a², column by column: one fused multiply-add for each row in order.</summary>
    public virtual void AddSquares(MatrixView<T> a, Span<T> sums)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++)
            {
                sums[j] = T.FusedMultiplyAdd(a[i, j], a[i, j], sums[j]);
            }
        }
    }

    /// <summary>a ← from/2 + fromᵀ/2, each half rounded before the sum.</summary>
    public virtual void TakeSymmetricPart(ReadOnlySpan<T> from, MatrixView<T> a)
    {
        T half = RowSteps.Number<T>(0.5);
        int n = a.Rows;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] = (half * from[(i * n) + j]) + (half * from[(j * n) + i]);
            }
        }
    }

    /// <summary><see cref="Householder.Reflector{T}"/>.</summary>
    public virtual T Reflector(Span<T> x) => Householder.Reflector(x);

    /// <summary><see cref="Householder.FactorPanel{T}"/>.</summary>
    public virtual void FactorPanel(MatrixView<T> a, MatrixView<T> v, Span<T> tau) => Householder.FactorPanel(a, v, tau);

    /// <summary><see cref="BlockReflection.Triangle{T}"/>.</summary>
    public virtual void Triangle(MatrixView<T> products, ReadOnlySpan<T> tau, MatrixView<T> t) => BlockReflection.Triangle(products, tau, t);

    /// <summary><see cref="SymmetricEigen.Tridiagonalize{T}"/>.</summary>
    public virtual void Tridiagonalize(MatrixView<T> a, Span<T> diagonal, Span<T> beside, Span<T> tau, Span<T> work) =>
        SymmetricEigen.Tridiagonalize(a, diagonal, beside, tau, work);

    /// <summary><see cref="Bidiagonal.Reduce{T}"/>.</summary>
    public virtual void Bidiagonalize(MatrixView<T> a, MatrixView<T> left, Span<T> diagonal, Span<T> beside, Span<T> tauLeft, Span<T> tauRight, Span<T> work) =>
        Bidiagonal.Reduce(a, left, diagonal, beside, tauLeft, tauRight, work);

    /// <summary>y ← fma(factor, x, y), element by element.</summary>
    public virtual void Add(T factor, ReadOnlySpan<T> x, Span<T> y) => RowSteps.Add(factor, x, y);

    /// <summary>a ← a - τ·v·(vᵀ·a), the sums in the order of the rows.</summary>
    /// <param name="a">[m, n].</param>
    /// <param name="v">m elements.</param>
    /// <param name="tau">τ.</param>
    /// <param name="sums">n elements of working memory.</param>
    public virtual void ReflectColumns(MatrixView<T> a, ReadOnlySpan<T> v, T tau, Span<T> sums)
    {
        sums.Clear();
        for (int i = 0; i < v.Length; i++)
        {
            RowSteps.Add(v[i], a.Row(i), sums);
        }

        foreach (ref T sum in sums)
        {
            sum *= -tau;
        }

        for (int i = 0; i < v.Length; i++)
        {
            RowSteps.Add(v[i], sums, a.Row(i));
        }
    }

    /// <summary>a ← a - τ·(a·v)·vᵀ.</summary>
    public virtual void ReflectRows(MatrixView<T> a, ReadOnlySpan<T> v, T tau)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            RowSteps.Add(-(tau * RowSteps.Dot(a.Row(i), v)), v, a.Row(i));
        }
    }

    /// <summary>Two or three neighbouring rows: sum = v·rows, rows -= u·sum, with v = (1, vy, vz). An empty bottom row is left out.</summary>
    public virtual void ReflectThree(Span<T> top, Span<T> middle, Span<T> bottom, (T X, T Y, T Z) u, (T Y, T Z) v)
    {
        for (int j = 0; j < top.Length; j++)
        {
            T sum = T.FusedMultiplyAdd(v.Y, middle[j], top[j]);
            sum = bottom.IsEmpty ? sum : T.FusedMultiplyAdd(v.Z, bottom[j], sum);
            top[j] = T.FusedMultiplyAdd(-sum, u.X, top[j]);
            middle[j] = T.FusedMultiplyAdd(-sum, u.Y, middle[j]);
            if (!bottom.IsEmpty)
            {
                bottom[j] = T.FusedMultiplyAdd(-sum, u.Z, bottom[j]);
            }
        }
    }

    /// <summary>Rotates the rows, sweep after sweep.</summary>
    public virtual void Rotate(MatrixView<T> rows, RotationQueue<T> queue)
    {
        foreach (RotationQueue<T>.Sweep sweep in queue.Sweeps)
        {
            for (int k = 0; k < sweep.Count; k++)
            {
                int i = sweep.Rising ? sweep.First + k : sweep.First - k;
                int place = 2 * (sweep.Start + k);
                RowSteps.Rotate(rows.Row(i), rows.Row(i + 1), queue.Factors[place], queue.Factors[place + 1]);
            }
        }
    }
}
