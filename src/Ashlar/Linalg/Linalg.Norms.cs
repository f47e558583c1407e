using Ashlar.Primitives;

namespace Ashlar;

/// <content>Norms.</content>
public static partial class Linalg
{
    /// <summary>The norm (Σ |x|ᵖ)^(1/p) over axes; p = ±∞ is the largest or least magnitude, p = 0 the number of elements that are not 0.</summary>
    /// <remarks>The gradient of the 2-norm at 0 is 0.</remarks>
    /// <param name="x">Of any shape.</param>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <param name="order">p.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
    public static Tensor VectorNorm(Tensor x, ReadOnlySpan<int> axes = default, bool keepAxes = false, double order = 2)
    {
        var values = new Tensor(Floating(x, "VectorNorm"));
        return order switch
        {
            2 => SafeSqrt((values * values).Sum(axes, keepAxes)),
            1 => values.Abs().Sum(axes, keepAxes),
            0 => values.NotEqualTo(Tensor.Scalar(0, values.DType)).To(values.DType).Sum(axes, keepAxes),
            double.PositiveInfinity => values.Abs().Max(axes, keepAxes),
            double.NegativeInfinity => values.Abs().Min(axes, keepAxes),
            _ => values.Abs().Pow(order).Sum(axes, keepAxes).Pow(1 / order),
        };
    }

    /// <summary>A norm of each matrix, [...].</summary>
    /// <param name="x">[..., m, n].</param>
    /// <param name="kind">Which.</param>
    /// <param name="keepAxes">Whether the two axes stay with extent 1.</param>
    /// <exception cref="ShapeException">x is no matrix.</exception>
    public static Tensor MatrixNorm(Tensor x, MatrixNormKind kind = MatrixNormKind.Frobenius, bool keepAxes = false)
    {
        var a = new Tensor(Matrix(Floating(x, "MatrixNorm"), "MatrixNorm"));
        Tensor norm = kind switch
        {
            MatrixNormKind.Frobenius => VectorNorm(a, [-2, -1]),
            MatrixNormKind.Nuclear => SvdVals(a).Sum([-1]),
            MatrixNormKind.One => a.Abs().Sum([-2]).Max([-1]),
            MatrixNormKind.MinusOne => a.Abs().Sum([-2]).Min([-1]),
            MatrixNormKind.Two => SvdVals(a).Max([-1]),
            MatrixNormKind.MinusTwo => SvdVals(a).Min([-1]),
            MatrixNormKind.Infinity => a.Abs().Sum([-1]).Max([-1]),
            MatrixNormKind.MinusInfinity => a.Abs().Sum([-1]).Min([-1]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), $"MatrixNorm: {(int)kind} names no norm. Use one of MatrixNormKind."),
        };
        return keepAxes ? norm.Unsqueeze(-1).Unsqueeze(-1) : norm;
    }

    // The root with the gradient 0 at 0.
    static Tensor SafeSqrt(Tensor x)
    {
        var none = new Tensor(Op.Equal(x.Node, Op.Number(x.Node, 0)));
        return Tensor.Where(none, x, Tensor.Where(none, Tensor.Ones(x.Shape, x.DType), x).Sqrt());
    }
}
