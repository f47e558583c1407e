using System.Globalization;

namespace Ashlar.Nn;

/// <summary>In training drops something at random; in evaluation nothing happens. What the dropouts share: the masks.</summary>
/// <remarks>
/// Element i of the mask of draw t is a function of the module's key, i and t alone: masks repeat with the key of
/// <see cref="Module.Initialize"/>, whatever other layers draw. The number of draws is part of the state, so a resumed run goes on with the next mask.
/// </remarks>
public abstract class DropoutLayer : Module
{
    readonly StateCounter _draws;
    RandomKey? _key;

    private protected DropoutLayer(double probability)
    {
        Probability = Checked(GetType().Name, probability);
        _draws = Register("draws", new StateCounter());
    }

    /// <summary>p, 0 ≤ p &lt; 1.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new {GetType().Name}({Probability})");

    /// <param name="x">Floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">x has other axes than the layer drops.</exception>
    protected override Tensor Apply(Tensor x)
    {
        Shape mask = MaskOf(x);
        return IsTraining && Probability > 0 ? Drop(x, Tensor.RandomBits(_key ?? RandomKey.FromSeed(0).Fold(Path), mask, (int)_draws.Value++)) : x;
    }

    private protected virtual Shape MaskOf(Tensor x) => x.Shape;

    private protected virtual Tensor Drop(Tensor x, Tensor bits) => Functional.Dropout(x, Probability, bits);

    // [N, C, 1…]: whole channels are dropped.
    private protected Shape Channels(Tensor x, int spatial) => x.Rank == spatial + 2
        ? new Shape([x.Shape[0], x.Shape[1], .. Spatial.Fill(spatial, 1)])
        : throw new ShapeException($"{GetType().Name}: the input is {x.Shape}, wanted {Spatial.Input(spatial, "C")}. Add the missing axes, or use Dropout for single elements.");

    internal static double Checked(string layer, double probability) => probability >= 0 && probability < 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), string.Create(CultureInfo.InvariantCulture, $"{layer}: the probability {probability} lies outside 0 ≤ p < 1. Give the share of elements to drop."));

    /// <inheritdoc/>
    protected override void TakeKey(RandomKey key) => _key = key;
}
