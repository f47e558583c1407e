using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>A truncated Taylor series in one argument, with which a definition yields its derivatives: coefficient k is the kth derivative over k!.</summary>
/// <remarks>Griewank and Walther 2008, "Evaluating Derivatives", chapter 13. At order 0 every operation is the plain one. Missing coefficients are zeros.</remarks>
readonly struct Taylor
{
    readonly Scalar[] _c;
    readonly int _order;

    Taylor(Scalar[] coefficients, int order) => (_c, _order) = (coefficients, order);

    /// <summary>The value itself.</summary>
    public Scalar Value => _c[0];

    /// <summary>The argument of differentiation.</summary>
    public static Taylor Variable(Scalar x, int order) => new(order == 0 ? [x] : [x, x.Like(1)], order);

    /// <summary>What does not depend on the argument.</summary>
    public static implicit operator Taylor(Scalar x) => new([x], 0);

    /// <summary>The kth derivative, zero where it is missing.</summary>
    public Scalar Derivative(int k)
    {
        double factorial = 1;
        for (int i = 2; i <= k; i++)
        {
            factorial *= i;
        }

        return k >= _c.Length ? Value.Like(0) : k < 2 ? _c[k] : _c[k] * factorial;
    }

    public static Taylor operator +(Taylor a, Taylor b) => Each(a, b, (x, y) => x + y, y => y);

    public static Taylor operator -(Taylor a, Taylor b) => Each(a, b, (x, y) => x - y, y => -y);

    public static Taylor operator -(Taylor a) => new(Array.ConvertAll(a._c, x => -x), a._order);

    public static Taylor operator +(Taylor a, double b) => a + a.Value.Like(b);

    public static Taylor operator -(Taylor a, double b) => a - a.Value.Like(b);

    public static Taylor operator -(double a, Taylor b) => b.Value.Like(a) - b;

    public static Taylor operator *(Taylor a, double b) => a * a.Value.Like(b);

    public static Taylor operator *(Taylor a, Taylor b) => Sum(a, b, null);

    /// <summary>a · b + c.</summary>
    public static Taylor Fma(Taylor a, Taylor b, Taylor c) => Sum(a, b, c);

    public static Taylor operator /(Taylor a, Taylor b)
    {
        Scalar[] q = new Scalar[b._c.Length == 1 ? a._c.Length : a.Common(b) + 1];
        q[0] = a.Value / b.Value;
        Scalar inverse = q.Length > 1 ? 1 / b.Value : q[0];
        for (int k = 1; k < q.Length; k++)
        {
            q[k] = (a[k] - Convolved(b._c, q, 1, k, k)) * inverse;
        }

        return new(q, a.Common(b));
    }

    /// <summary>condition ? a : b.</summary>
    public static Taylor Select(Scalar condition, Taylor a, Taylor b)
    {
        var c = new Scalar[Math.Max(a._c.Length, b._c.Length)];
        for (int k = 0; k < c.Length; k++)
        {
            c[k] = Scalar.Select(condition, a[k], b[k]);
        }

        return new(c, a.Common(b));
    }

    /// <summary>Σ coefficients[k] xᵏ.</summary>
    public static Taylor Horner(Taylor x, params ReadOnlySpan<double> coefficients)
    {
        Taylor sum = x.Value.Like(coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Fma(sum, x, x.Value.Like(coefficients[i]));
        }

        return sum;
    }

    /// <summary>√a.</summary>
    public Taylor Sqrt()
    {
        Scalar[] r = new Scalar[Length];
        r[0] = Value.Sqrt();
        Scalar inverse = r.Length > 1 ? 0.5 / r[0] : r[0];
        for (int k = 1; k < r.Length; k++)
        {
            r[k] = (this[k] - Convolved(r, r, 1, k - 1, k)) * inverse;
        }

        return new(r, _order);
    }

    /// <summary>e^a.</summary>
    public Taylor Exp()
    {
        Scalar[] e = new Scalar[Length];
        e[0] = Functions.Exp.Of(Value);
        for (int k = 1; k < e.Length; k++)
        {
            e[k] = Convolved(Weighted(), e, 1, k, k) * (1.0 / k);
        }

        return new(e, _order);
    }

    /// <summary>e^a - 1, given e^a.</summary>
    public Taylor Expm1(Taylor exp)
    {
        var c = (Scalar[])exp._c.Clone();
        c[0] = Functions.Expm1.Of(Value);
        return new(c, _order);
    }

    /// <summary>ln a.</summary>
    public Taylor Log() => Log(Functions.Log.Of(Value));

    /// <summary>ln a of a known value.</summary>
    public Taylor Log(Scalar value)
    {
        Scalar[] l = new Scalar[Length];
        l[0] = value;
        Scalar inverse = l.Length > 1 ? 1 / Value : value;
        for (int k = 1; k < l.Length; k++)
        {
            l[k] = (this[k] - (Convolved(new Taylor(l[..k], _order).Weighted(), _c, 1, k - 1, k) * (1.0 / k))) * inverse;
        }

        return new(l, _order);
    }

    /// <summary>e^(a²) erfc a for a ≥ 0.</summary>
    public Taylor ScaledErfc(FloatLayout layout)
    {
        Scalar[] s = new Scalar[Length];
        s[0] = Erfc.Scaled(layout, Value);
        var slope = new Scalar[s.Length];
        for (int k = 1; k < s.Length; k++)
        {
            Scalar product = Convolved(_c, s, 0, k - 1, k - 1);
            slope[k - 1] = k == 1 ? (product + product) - 1.1283791670955126 : product + product;
            s[k] = Convolved(Weighted(), slope, 1, k, k) * (1.0 / k);
        }

        return new(s, _order);
    }

    int Length => _c.Length == 1 ? 1 : _order + 1;

    Scalar this[int k] => k < _c.Length ? _c[k] : Value.Like(0);

    int Common(Taylor b) => Math.Max(_order, b._order);

    // k c[k]
    Scalar[] Weighted()
    {
        var weighted = new Scalar[_c.Length];
        for (int k = 0; k < weighted.Length; k++)
        {
            weighted[k] = k == 1 ? _c[k] : _c[k] * (double)k;
        }

        return weighted;
    }

    // Σ a[j] b[total - j] for j from `from` to `to`
    static Scalar Convolved(Scalar[] a, Scalar[] b, int from, int to, int total)
    {
        Scalar? sum = null;
        for (int j = from; j <= to; j++)
        {
            if (j < a.Length && total - j < b.Length)
            {
                sum = sum is { } s ? Scalar.Fma(a[j], b[total - j], s) : a[j] * b[total - j];
            }
        }

        return sum ?? a[0].Like(0);
    }

    static Taylor Sum(Taylor a, Taylor b, Taylor? c)
    {
        int order = Math.Max(a.Common(b), c?._order ?? 0);
        Scalar[] sums = new Scalar[Math.Min(order + 1, Math.Max(a._c.Length + b._c.Length - 1, c?._c.Length ?? 1))];
        for (int k = 0; k < sums.Length; k++)
        {
            Scalar? sum = c is { } added && k < added._c.Length ? added._c[k] : null;
            for (int j = Math.Max(0, k - b._c.Length + 1); j <= Math.Min(k, a._c.Length - 1); j++)
            {
                sum = sum is { } s ? Scalar.Fma(a._c[j], b._c[k - j], s) : a._c[j] * b._c[k - j];
            }

            sums[k] = sum ?? a.Value.Like(0);
        }

        return new(sums, order);
    }

    static Taylor Each(Taylor a, Taylor b, Func<Scalar, Scalar, Scalar> both, Func<Scalar, Scalar> right)
    {
        var c = new Scalar[Math.Max(a._c.Length, b._c.Length)];
        for (int k = 0; k < c.Length; k++)
        {
            c[k] = k >= b._c.Length ? a._c[k] : k >= a._c.Length ? right(b._c[k]) : both(a._c[k], b._c[k]);
        }

        return new(c, a.Common(b));
    }
}
