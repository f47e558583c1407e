namespace Ashlar.Nn;

/// <summary>Gives back what it takes: a place for a layer that may be left out.</summary>
public sealed class Identity : Module
{
    /// <param name="x">Any shape and dtype.</param>
    /// <returns>x.</returns>
    protected override Tensor Apply(Tensor x) => x;
}
