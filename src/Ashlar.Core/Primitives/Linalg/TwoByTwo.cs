using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>Plane rotations and singular values of 2 x 2 upper triangles [f g; 0 h], as LAPACK's lartg, las2 and lasv2.</summary>
static class TwoByTwo
{
    /// <summary>c, s and r with c·f + s·g = r and c·g - s·f = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T C, T S, T R) Rotation<T>(T f, T g)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (g == T.Zero)
        {
            return (T.One, T.Zero, f);
        }

        if (f == T.Zero)
        {
            return (T.Zero, T.One, g);
        }

        T length = RowSteps.Length(f, g);
        T r = f < T.Zero ? -length : length;
        return (f / r, g / r, r);
    }

    /// <summary>The smaller singular value.</summary>
    public static T SmallerSingularValue<T>(T f, T g, T h)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (f, g, h) = (T.Abs(f), T.Abs(g), T.Abs(h));
        (T small, T large) = f < h ? (f, h) : (h, f);
        if (small == T.Zero)
        {
            return T.Zero;
        }

        T sum = T.One + (small / large);
        T difference = (large - small) / large;
        if (g < large)
        {
            T square = g / large * (g / large);
            return small * (RowSteps.Number<T>(2) / (T.Sqrt((sum * sum) + square) + T.Sqrt((difference * difference) + square)));
        }

        T ratio = large / g;
        if (ratio == T.Zero)
        {
            return small * large / g;
        }

        (sum, difference) = (sum * ratio, difference * ratio);
        T half = small * (T.One / (T.Sqrt(T.One + (sum * sum)) + T.Sqrt(T.One + (difference * difference)))) * ratio;
        return half + half;
    }

    /// <summary>[cl sl; -sl cl]·[f g; 0 h]·[cr -sr; sr cr] = [larger 0; 0 smaller] by magnitude, with signs.</summary>
    public static (T Smaller, T Larger, (T C, T S) Left, (T C, T S) Right) Decompose<T>(T f, T g, T h)
        where T : IBinaryFloatingPointIeee754<T>
    {
        (T two, T half) = (RowSteps.Number<T>(2), RowSteps.Number<T>(0.5));
        bool swapped = T.Abs(h) > T.Abs(f);
        (T ft, T ht) = swapped ? (h, f) : (f, h);
        (T fa, T ha, T ga) = (T.Abs(ft), T.Abs(ht), T.Abs(g));
        T smaller, larger, cl, sl, cr, sr;
        bool isGreat = ga > fa;
        if (ga == T.Zero)
        {
            (smaller, larger, cl, sl, cr, sr) = (ha, fa, T.One, T.Zero, T.One, T.Zero);
        }
        else if (isGreat && fa / ga < RowSteps.Epsilon<T>() * half)
        {
            larger = ga;
            smaller = ha > T.One ? fa / (ga / ha) : fa / ga * ha;
            (cl, sl, sr, cr) = (T.One, ht / g, T.One, ft / g);
        }
        else
        {
            T d = fa - ha;
            T l = d == fa ? T.One : d / fa;
            T m = g / ft;
            T t = two - l;
            T mm = m * m;
            T s = T.Sqrt((t * t) + mm);
            T r = l == T.Zero ? T.Abs(m) : T.Sqrt((l * l) + mm);
            T a = half * (s + r);
            (smaller, larger) = (ha / a, fa * a);
            t = mm != T.Zero ? ((m / (s + t)) + (m / (r + l))) * (T.One + a)
                : l == T.Zero ? T.CopySign(two, ft) * T.CopySign(T.One, g)
                : (g / T.CopySign(d, ft)) + (m / t);
            l = T.Sqrt((t * t) + (two * two));
            cr = two / l;
            sr = t / l;
            cl = (cr + (sr * m)) / a;
            sl = ht / ft * sr / a;
        }

        ((T C, T S) left, (T C, T S) right) = swapped ? ((sr, cr), (sl, cl)) : ((cl, sl), (cr, sr));
        T sign = isGreat ? T.CopySign(T.One, right.S) * T.CopySign(T.One, left.C) * T.CopySign(T.One, g)
            : swapped ? T.CopySign(T.One, right.S) * T.CopySign(T.One, left.S) * T.CopySign(T.One, h)
            : T.CopySign(T.One, right.C) * T.CopySign(T.One, left.C) * T.CopySign(T.One, f);
        return (T.CopySign(smaller, sign * T.CopySign(T.One, f) * T.CopySign(T.One, h)), T.CopySign(larger, sign), left, right);
    }
}
