namespace Ashlar.Nn;

/// <summary>tanh x.</summary>
public sealed class Tanh : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => x.Tanh();
}
