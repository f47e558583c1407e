namespace Ashlar;

/// <summary>Random numbers without keys: every draw takes the next key of a seed. An explicit object; there is no global one.</summary>
/// <remarks><para>Draw i uses <c>RandomKey.FromSeed(seed).Fold(i)</c>, so a program that draws in the same order gets the same bits. Save <see cref="Position"/> to go on later.</para>
/// <para>Safe for several threads: no two get one key. Which of them gets which depends on who comes first; give each thread a generator of its own, from <see cref="Spawn"/>, for equal bits in every run.</para>
/// <para>Inside functions that are transformed or recorded once, such as the body of a loop, a draw falls once; pass keys there.</para></remarks>
/// <param name="seed">Equal seeds give equal draws.</param>
/// <param name="position">How many draws to skip.</param>
public sealed class RandomGenerator(long seed, int position = 0)
{
    readonly RandomKey _root = RandomKey.FromSeed(seed);
    int _position = position >= 0
        ? position
        : throw new ArgumentOutOfRangeException(nameof(position), $"RandomGenerator: the position is {position}. It must be at least 0.");

    /// <summary>The seed.</summary>
    public long Seed => seed;

    /// <summary>How many keys were taken.</summary>
    public int Position => Volatile.Read(ref _position);

    /// <summary>The next key, for whatever takes one.</summary>
    /// <exception cref="InvalidOperationException">2³¹ - 1 keys were taken.</exception>
    public RandomKey NextKey()
    {
        int next = Interlocked.Increment(ref _position);
        return next > 0
            ? _root.Fold(next - 1)
            : throw new InvalidOperationException($"RandomGenerator: all keys of the seed {seed} are used. Go on with another seed.");
    }

    /// <summary>A generator independent of this one and of all others it gives, for a thread or a part of a program. Takes a key.</summary>
    public RandomGenerator Spawn()
    {
        RandomKey key = NextKey();
        return new RandomGenerator(((long)key.Key0 << 32) | key.Key1);
    }

    /// <inheritdoc cref="Tensor.RandomUniform(RandomKey, Shape, double, double, DType)"/>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1, DType type = DType.Float32) => Tensor.RandomUniform(NextKey(), shape, low, high, type);

    /// <inheritdoc cref="Tensor.RandomNormal(RandomKey, Shape, double, double, DType)"/>
    public Tensor Normal(Shape shape, double mean = 0, double deviation = 1, DType type = DType.Float32) => Tensor.RandomNormal(NextKey(), shape, mean, deviation, type);

    /// <inheritdoc cref="Tensor.RandomTruncatedNormal(RandomKey, Shape, double, double, DType)"/>
    public Tensor TruncatedNormal(Shape shape, double low = -2, double high = 2, DType type = DType.Float32) => Tensor.RandomTruncatedNormal(NextKey(), shape, low, high, type);

    /// <inheritdoc cref="Tensor.RandomLogNormal(RandomKey, Shape, double, double, DType)"/>
    public Tensor LogNormal(Shape shape, double mean = 0, double deviation = 1, DType type = DType.Float32) => Tensor.RandomLogNormal(NextKey(), shape, mean, deviation, type);

    /// <inheritdoc cref="Tensor.RandomExponential(RandomKey, Shape, DType)"/>
    public Tensor Exponential(Shape shape, DType type = DType.Float32) => Tensor.RandomExponential(NextKey(), shape, type);

    /// <inheritdoc cref="Tensor.RandomGumbel(RandomKey, Shape, DType)"/>
    public Tensor Gumbel(Shape shape, DType type = DType.Float32) => Tensor.RandomGumbel(NextKey(), shape, type);

    /// <inheritdoc cref="Tensor.RandomLaplace(RandomKey, Shape, DType)"/>
    public Tensor Laplace(Shape shape, DType type = DType.Float32) => Tensor.RandomLaplace(NextKey(), shape, type);

    /// <inheritdoc cref="Tensor.RandomGamma(RandomKey, Tensor, Shape?)"/>
    public Tensor Gamma(Tensor concentration, Shape? shape = null) => Tensor.RandomGamma(NextKey(), concentration, shape);

    /// <inheritdoc cref="Tensor.RandomGamma(RandomKey, double, Shape, DType)"/>
    public Tensor Gamma(double concentration, Shape shape, DType type = DType.Float32) => Tensor.RandomGamma(NextKey(), concentration, shape, type);

    /// <inheritdoc cref="Tensor.RandomBeta(RandomKey, Tensor, Tensor, Shape?)"/>
    public Tensor Beta(Tensor a, Tensor b, Shape? shape = null) => Tensor.RandomBeta(NextKey(), a, b, shape);

    /// <inheritdoc cref="Tensor.RandomBeta(RandomKey, double, double, Shape, DType)"/>
    public Tensor Beta(double a, double b, Shape shape, DType type = DType.Float32) => Tensor.RandomBeta(NextKey(), a, b, shape, type);

    /// <inheritdoc cref="Tensor.RandomDirichlet(RandomKey, Tensor, Shape?)"/>
    public Tensor Dirichlet(Tensor concentration, Shape? shape = null) => Tensor.RandomDirichlet(NextKey(), concentration, shape);

    /// <inheritdoc cref="Tensor.RandomStudentT(RandomKey, double, Shape, DType)"/>
    public Tensor StudentT(double freedom, Shape shape, DType type = DType.Float32) => Tensor.RandomStudentT(NextKey(), freedom, shape, type);

    /// <inheritdoc cref="Tensor.RandomMultivariateNormal(RandomKey, Tensor, Tensor, Shape?)"/>
    public Tensor MultivariateNormal(Tensor mean, Tensor covariance, Shape? shape = null) => Tensor.RandomMultivariateNormal(NextKey(), mean, covariance, shape);

    /// <inheritdoc cref="Tensor.RandomInteger(RandomKey, Shape, long, long, DType)"/>
    public Tensor Integer(Shape shape, long low, long high, DType type = DType.Int64) => Tensor.RandomInteger(NextKey(), shape, low, high, type);

    /// <inheritdoc cref="Tensor.RandomBernoulli(RandomKey, double, Shape)"/>
    public Tensor Bernoulli(double probability, Shape shape) => Tensor.RandomBernoulli(NextKey(), probability, shape);

    /// <inheritdoc cref="Tensor.RandomBernoulli(RandomKey, Tensor)"/>
    public Tensor Bernoulli(Tensor probabilities) => Tensor.RandomBernoulli(NextKey(), probabilities);

    /// <inheritdoc cref="Tensor.RandomCategorical(RandomKey, Tensor, Shape?)"/>
    public Tensor Categorical(Tensor logits, Shape? shape = null) => Tensor.RandomCategorical(NextKey(), logits, shape);

    /// <inheritdoc cref="Tensor.RandomPoisson(RandomKey, Tensor, Shape?)"/>
    public Tensor Poisson(Tensor rate, Shape? shape = null) => Tensor.RandomPoisson(NextKey(), rate, shape);

    /// <inheritdoc cref="Tensor.RandomPoisson(RandomKey, double, Shape)"/>
    public Tensor Poisson(double rate, Shape shape) => Tensor.RandomPoisson(NextKey(), rate, shape);

    /// <inheritdoc cref="Tensor.RandomBinomial(RandomKey, Tensor, Tensor, Shape?)"/>
    public Tensor Binomial(Tensor trials, Tensor probability, Shape? shape = null) => Tensor.RandomBinomial(NextKey(), trials, probability, shape);

    /// <inheritdoc cref="Tensor.RandomBinomial(RandomKey, long, double, Shape)"/>
    public Tensor Binomial(long trials, double probability, Shape shape) => Tensor.RandomBinomial(NextKey(), trials, probability, shape);

    /// <inheritdoc cref="Tensor.RandomChoice(RandomKey, Tensor, Shape, bool, Tensor?, int)"/>
    public Tensor Choice(Tensor values, Shape shape, bool replace = true, Tensor? probabilities = null, int axis = 0) => Tensor.RandomChoice(NextKey(), values, shape, replace, probabilities, axis);

    /// <inheritdoc cref="Tensor.RandomChoice(RandomKey, int, Shape, bool, Tensor?)"/>
    public Tensor Choice(int count, Shape shape, bool replace = true, Tensor? probabilities = null) => Tensor.RandomChoice(NextKey(), count, shape, replace, probabilities);

    /// <inheritdoc cref="Tensor.RandomPermutation(RandomKey, int)"/>
    public Tensor Permutation(int count) => Tensor.RandomPermutation(NextKey(), count);

    /// <inheritdoc cref="Tensor.RandomPermutation(RandomKey, Tensor, int, bool)"/>
    public Tensor Permutation(Tensor values, int axis = 0, bool independent = false) => Tensor.RandomPermutation(NextKey(), values, axis, independent);
}
