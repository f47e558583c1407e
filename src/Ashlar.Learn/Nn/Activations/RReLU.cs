namespace Ashlar.Nn;

/// <summary>x above zero, slope · x elsewhere: in training each element's slope is uniform on [lower, upper), in evaluation the mean of both.</summary>
/// <remarks>
/// Xu, Wang, Chen, Li 2015, "Empirical evaluation of rectified activations in convolutional network". The slopes of draw t are a function of the module's key
/// and of t alone; the number of draws is part of the state, so a resumed run goes on with the next ones.
/// </remarks>
public sealed class RReLU : Module
{
    readonly double _lower;
    readonly double _upper;
    readonly StateCounter _draws;
    RandomKey? _key;

    /// <param name="lower">Least slope.</param>
    /// <param name="upper">Largest slope, ≥ lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are no interval.</exception>
    public RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3)
    {
        if (!(double.IsFinite(lower) && double.IsFinite(upper) && lower <= upper))
        {
            throw new ArgumentOutOfRangeException(nameof(upper), FormattableString.Invariant($"RReLU: slopes from {lower} to {upper} are no interval. Give the smaller first, such as 0.125 and 0.3333."));
        }

        (_lower, _upper) = (lower, upper);
        _draws = Register("draws", new StateCounter());
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new RReLU({_lower}, {_upper})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => IsTraining
        ? Functional.RRelu(x, (_key ?? RandomKey.FromSeed(0).Fold(Path)).Fold((int)_draws.Value++), _lower, _upper)
        : Functional.LeakyRelu(x, (_lower + _upper) / 2);

    /// <inheritdoc/>
    protected override void TakeKey(RandomKey key) => _key = key;
}
