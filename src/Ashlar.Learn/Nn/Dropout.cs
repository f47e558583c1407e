using System.Globalization;
namespace Ashlar.Nn;

/// <summary>In training each element is set to 0 with probability p and otherwise divided by 1 - p; in evaluation nothing happens.</summary>
/// <remarks>
/// Srivastava et al. 2014, "Dropout". Element i of the mask of draw t is a function of the module's key, i and t alone: masks repeat with the key of
/// <see cref="Module.Initialize"/>, whatever other layers draw. The number of draws is part of the state, so a resumed run goes on with the next mask.
/// </remarks>
public sealed class Dropout : Module
{
    readonly double _probability;
    readonly StateCounter _draws;
    RandomKey? _key;

    /// <param name="probability">p, 0 ≤ p &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">p lies outside.</exception>
    public Dropout(double probability = 0.5)
    {
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), string.Create(CultureInfo.InvariantCulture, $"Dropout: the probability {probability} lies outside 0 ≤ p < 1. Give the share of elements to drop."));
        }

        _probability = probability;
        _draws = Register("draws", new StateCounter());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new Dropout({_probability})");

    /// <param name="x">Floating.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x)
    {
        if (!IsTraining || _probability == 0)
        {
            return x;
        }

        RandomKey key = _key ?? RandomKey.FromSeed(0).Fold(Path);
        return Functional.Dropout(x, _probability, Tensor.RandomBits(key, x.Shape, (int)_draws.Value++));
    }

    /// <inheritdoc/>
    protected override void TakeKey(RandomKey key) => _key = key;
}
