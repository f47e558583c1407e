namespace Ashlar;

/// <content>Distributions of vectors.</content>
public sealed partial class Tensor
{
    /// <summary>Normal vectors with a mean and a covariance: μ + L z with the Cholesky factor L. Gradients pass to both.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="mean">μ, […, n], float32 or float64.</param>
    /// <param name="covariance">[…, n, n], symmetric positive definite, else the samples are NaN; of the same dtype.</param>
    /// <param name="shape">Extents of the result before its last axis, to which those of the parameters broadcast; their common ones if null.</param>
    /// <exception cref="ShapeException">The parameters do not fit each other or the shape.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomMultivariateNormal(RandomKey key, Tensor mean, Tensor covariance, Shape? shape = null)
    {
        if (mean.Rank == 0 || covariance.Rank < 2 || covariance.Shape[^1] != mean.Shape[^1] || covariance.Shape[^2] != mean.Shape[^1])
        {
            throw new ShapeException($"RandomMultivariateNormal: the mean is {mean.Shape}, the covariance {covariance.Shape}. Give […, n] and […, n, n].");
        }

        int n = mean.Shape[^1];
        Shape before = shape ?? Shape.Broadcast(new Shape([.. mean.Shape.Take(mean.Rank - 1)]), new Shape([.. covariance.Shape.Take(covariance.Rank - 2)]), "RandomMultivariateNormal");
        var extents = new Shape([.. before, n]);
        Tensor noise = RandomNormal(key, extents, type: mean.DType);
        Tensor moved = Linalg.Cholesky(covariance).MatMul(noise.Unsqueeze(-1)).Squeeze(-1);
        return (mean + moved).BroadcastTo(extents);
    }

    /// <summary>Wishart matrices: the sum of z zᵀ over ν independent normal vectors z of mean 0 and covariance V, for any ν > n - 1. Gradients pass to both.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="freedom">ν, […], float32 or float64; the samples are NaN where it is not above n - 1.</param>
    /// <param name="scale">V, […, n, n], symmetric positive definite, of the same dtype.</param>
    /// <param name="shape">Extents of the result before its last two axes, to which those of the parameters broadcast; their common ones if null.</param>
    /// <remarks>Bartlett 1933: L A Aᵀ Lᵀ with roots of χ² numbers on the diagonal of A and normal numbers below.</remarks>
    /// <exception cref="ShapeException">The scale is no square matrix, or the parameters do not fit the shape.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomWishart(RandomKey key, Tensor freedom, Tensor scale, Shape? shape = null)
    {
        Tensor factor = Linalg.Cholesky(scale);
        int n = scale.Shape[^1];
        Shape before = shape ?? Shape.Broadcast(freedom.Shape, new Shape([.. scale.Shape.Take(scale.Rank - 2)]), "RandomWishart");
        (RandomKey first, RandomKey second) = key.Split();
        Tensor place = Arange(n);
        Tensor degrees = freedom.BroadcastTo(before).Unsqueeze(-1) - place.To(freedom.DType);
        Tensor diagonal = RandomChiSquare(first, degrees).Sqrt().Unsqueeze(-1);
        Tensor normal = RandomNormal(second, new Shape([.. before, n, n]), type: freedom.DType);
        Tensor row = place.Unsqueeze(-1);
        Tensor triangle = Where(place < row, normal, Where(place.EqualTo(row), diagonal, ZerosLike(normal)));
        Tensor root = factor.MatMul(triangle);
        return root.MatMul(root.MoveAxis(-1, -2));
    }

    /// <summary>Multinomial: how often each category comes in some trials; […, categories], int64, summing to the trials. No gradient passes.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="trials">Whole numbers from 0 to 2⁵³.</param>
    /// <param name="probabilities">Weights […, categories] ≥ 0, which need not sum to 1. Counts are -1 where a parameter is impossible.</param>
    /// <param name="shape">Extents of the result before its last axis, to which those of the parameters broadcast; their common ones if null.</param>
    /// <remarks>One binomial draw after the other, of what is left.</remarks>
    /// <exception cref="ShapeException">The weights have no axis or more than 2¹⁹ categories, or the parameters do not fit the shape.</exception>
    public static Tensor RandomMultinomial(RandomKey key, Tensor trials, Tensor probabilities, Shape? shape = null)
    {
        // 2¹² numbers for each category: more rounds than any rejection takes.
        const int Numbers = 1 << 12;
        if (probabilities.Rank == 0 || probabilities.Shape[^1] > 1 << 19)
        {
            throw new ShapeException($"RandomMultinomial: the weights are {probabilities.Shape}. Give […, categories] with up to 524288 categories.");
        }

        int categories = probabilities.Shape[^1];
        Shape before = shape ?? Shape.Broadcast(trials.Shape, new Shape([.. probabilities.Shape.Take(probabilities.Rank - 1)]), "RandomMultinomial");
        Tensor weights = Wide(probabilities, new Shape([.. before, categories])).MoveAxis(-1, 0);
        Tensor left = weights.CumSum(0, reverse: true);
        Tensor total = weights.Sum([0]);
        Tensor wanted = Wide(trials, before);
        Tensor valid = (weights >= 0).All([0]) & (total > 0) & (total < double.PositiveInfinity) & (wanted >= 0) & (wanted <= 1L << 53) & wanted.EqualTo(wanted.Floor());

        // The last positive weight is all that is left, and its share exactly 1.
        Tensor shares = Where((left > 0) & valid, weights / left, ZerosLike(weights));
        Tensor counts = Control.Loop([Where(valid, wanted, ZerosLike(wanted))], [shares, Arange(categories)], (rest, slices) =>
        {
            Tensor count = CountSampler.Binomial(key, rest[0], slices[0], slices[1] * Numbers);
            return ([rest[0] - count], [count]);
        }).Outputs[0];
        return Where(valid, counts, FullLike(counts, -1)).MoveAxis(0, -1).To(DType.Int64);
    }

    /// <summary>Multinomial: how often each category comes in some trials; […, categories], int64, summing to the trials.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="trials">From 0 to 2⁵³.</param>
    /// <param name="probabilities">Weights […, categories] ≥ 0, which need not sum to 1.</param>
    /// <param name="shape">Extents of the result before its last axis; those of the weights if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The trials are outside.</exception>
    /// <exception cref="ShapeException">The weights have no axis or do not fit the shape.</exception>
    public static Tensor RandomMultinomial(RandomKey key, long trials, Tensor probabilities, Shape? shape = null) => trials is >= 0 and <= 1L << 53
        ? RandomMultinomial(key, Scalar(trials, DType.Float64), probabilities, shape)
        : throw new ArgumentOutOfRangeException(nameof(trials), $"RandomMultinomial: {trials} trials. Give 0 to 2⁵³.");
}
