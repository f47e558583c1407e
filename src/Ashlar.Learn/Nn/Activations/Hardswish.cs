namespace Ashlar.Nn;

/// <summary>x · (x / 6 + ½) inside (-3, 3), 0 below, x above.</summary>
public sealed class Hardswish : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Hardswish(x);
}
