namespace Ashlar.Nn;

/// <summary>x / 6 + ½ inside (-3, 3), 0 below, 1 above.</summary>
public sealed class Hardsigmoid : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Hardsigmoid(x);
}
