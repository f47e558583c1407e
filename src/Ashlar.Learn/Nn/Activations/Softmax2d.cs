namespace Ashlar.Nn;

/// <summary>Softmax over the channels of each position.</summary>
public sealed class Softmax2d : Module
{
    /// <param name="x">[…, channels, H, W].</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softmax(x, -3);
}
