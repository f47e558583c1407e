namespace Ashlar.Nn;

/// <summary>Normalises each channel of each example over its spatial axes, in training and evaluation alike: see <see cref="InstanceNorm"/>.</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    /// <param name="channels">Extent of axis 1 of x.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    public InstanceNorm1d(int channels, double epsilon = 1e-5, bool affine = false)
        : base(1, channels, epsilon, affine)
    {
    }
}
