namespace Ashlar.Nn;

/// <summary>Normalises each channel of features or sequences over the batch: see <see cref="BatchNorm"/>. x is [N, channels] or [N, channels, L].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    /// <param name="channels">Extent of axis 1 of x.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="momentum">Weight of the batch in the running statistics, 0 to 1.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    public BatchNorm1d(int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
        : base(channels, epsilon, momentum, affine)
    {
    }

    private protected override string Wanted => "[N, {0}] or [N, {0}, L]";

    private protected override bool Takes(int rank) => rank is 2 or 3;
}
