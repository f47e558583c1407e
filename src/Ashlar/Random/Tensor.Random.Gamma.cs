namespace Ashlar;

/// <content>The gamma distribution and those made of it. Gradients pass to their parameters, to any order.</content>
public sealed partial class Tensor
{
    /// <summary>Gamma with a concentration α and scale 1: density z^(α-1) e^(-z) / Γ(α). Multiply by a scale, divide by a rate for another.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">α > 0, float32 or float64; where it is not positive and finite the sample is NaN. Gradients pass: implicit reparameterization, Figurnov, Mohamed, Mnih 2018.</param>
    /// <param name="shape">Extents of the result, to which α broadcasts; those of α if null.</param>
    /// <remarks>Marsaglia and Tsang 2000. Small concentrations give samples that round to zero: use <see cref="RandomDirichlet"/> and <see cref="RandomBeta(RandomKey, Tensor, Tensor, Shape?)"/>, which work with logarithms, for shares of them.</remarks>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">α does not broadcast to the shape.</exception>
    public static Tensor RandomGamma(RandomKey key, Tensor concentration, Shape? shape = null) =>
        GammaSampler.Draw(key, concentration.BroadcastTo(shape ?? concentration.Shape), "RandomGamma");

    /// <summary>Gamma with a concentration α and scale 1.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">α > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomGamma(RandomKey key, double concentration, Shape shape, DType type = DType.Float32) =>
        RandomGamma(key, Parameter(concentration, type, "RandomGamma", "concentration"), shape);

    /// <summary>Beta on [0, 1]: density z^(a-1) (1-z)^(b-1) / B(a, b).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="a">First concentration, > 0, float32 or float64. Gradients pass.</param>
    /// <param name="b">Second concentration, > 0, of the same dtype. Gradients pass.</param>
    /// <param name="shape">Extents of the result, to which both broadcast; their common extents if null.</param>
    /// <remarks>The sigmoid of the difference of two logarithms of gamma numbers: concentrations below 1 give no 0/0.</remarks>
    /// <exception cref="DTypeException">A dtype is not floating.</exception>
    /// <exception cref="ShapeException">The parameters do not broadcast to the shape.</exception>
    public static Tensor RandomBeta(RandomKey key, Tensor a, Tensor b, Shape? shape = null)
    {
        Shape extents = shape ?? Shape.Broadcast(a.Shape, b.Shape, "RandomBeta");
        (RandomKey first, RandomKey second) = key.Split();
        Tensor x = GammaSampler.DrawLog(first, a.BroadcastTo(extents), "RandomBeta");
        Tensor y = GammaSampler.DrawLog(second, b.BroadcastTo(extents), "RandomBeta");
        return (x - y).Sigmoid();
    }

    /// <summary>Beta on [0, 1] with the concentrations a and b.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="a">First concentration, > 0.</param>
    /// <param name="b">Second concentration, > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A concentration is not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomBeta(RandomKey key, double a, double b, Shape shape, DType type = DType.Float32) =>
        RandomBeta(key, Parameter(a, type, "RandomBeta", "first concentration"), Parameter(b, type, "RandomBeta", "second concentration"), shape);

    /// <summary>Dirichlet: shares that sum to 1 along the last axis, with density ∏ zᵢ^(αᵢ-1) up to a constant.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">α > 0, […, categories], float32 or float64. Gradients pass.</param>
    /// <param name="shape">Extents of the result before its last axis, to which those of α broadcast; those of α if null.</param>
    /// <remarks>The softmax of logarithms of gamma numbers: small concentrations give shares near 0 and 1, never 0/0.</remarks>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">α has no axis or does not broadcast to the shape.</exception>
    public static Tensor RandomDirichlet(RandomKey key, Tensor concentration, Shape? shape = null)
    {
        if (concentration.Rank == 0)
        {
            throw new ShapeException("RandomDirichlet: the concentrations [] have no axis of categories. Give […, categories].");
        }

        Shape extents = shape is { } before ? new Shape([.. before, concentration.Shape[^1]]) : concentration.Shape;
        Tensor logs = GammaSampler.DrawLog(key, concentration.BroadcastTo(extents), "RandomDirichlet");
        return (logs - logs.LogSumExp([-1], keepAxes: true)).Exp();
    }

    /// <summary>χ² with degrees of freedom: twice a gamma number with half of them as concentration.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="freedom">Degrees of freedom, > 0, float32 or float64. Gradients pass.</param>
    /// <param name="shape">Extents of the result, to which the degrees broadcast; their own if null.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">The degrees do not broadcast to the shape.</exception>
    public static Tensor RandomChiSquare(RandomKey key, Tensor freedom, Shape? shape = null) =>
        GammaSampler.Draw(key, freedom.BroadcastTo(shape ?? freedom.Shape) * 0.5, "RandomChiSquare") * 2;

    /// <summary>χ² with degrees of freedom.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="freedom">Degrees of freedom, > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees are not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomChiSquare(RandomKey key, double freedom, Shape shape, DType type = DType.Float32) =>
        RandomChiSquare(key, Parameter(freedom, type, "RandomChiSquare", "number of degrees of freedom"), shape);

    /// <summary>Student's t with degrees of freedom, location 0 and scale 1: a normal number over the root of χ² / ν.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="freedom">ν > 0, float32 or float64. Gradients pass.</param>
    /// <param name="shape">Extents of the result, to which ν broadcasts; those of ν if null.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">ν does not broadcast to the shape.</exception>
    public static Tensor RandomStudentT(RandomKey key, Tensor freedom, Shape? shape = null)
    {
        (RandomKey first, RandomKey second) = key.Split();
        Tensor half = freedom.BroadcastTo(shape ?? freedom.Shape) * 0.5;
        Tensor log = GammaSampler.DrawLog(second, half, "RandomStudentT");
        return RandomNormal(first, half.Shape, type: half.DType) * ((half.Log() - log) * 0.5).Exp();
    }

    /// <summary>Student's t with degrees of freedom, location 0 and scale 1.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="freedom">ν > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">ν is not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomStudentT(RandomKey key, double freedom, Shape shape, DType type = DType.Float32) =>
        RandomStudentT(key, Parameter(freedom, type, "RandomStudentT", "number of degrees of freedom"), shape);

    static Tensor Parameter(double value, DType type, string operation, string name) => value > 0 && value < double.PositiveInfinity
        ? Scalar(value, type)
        : throw new ArgumentOutOfRangeException(nameof(value), $"{operation}: the {name} is {value}. It must be positive and finite.");
}
