namespace Ashlar.Nn;

/// <summary>ln σ(x), accurate for large |x|.</summary>
public sealed class LogSigmoid : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.LogSigmoid(x);
}
