namespace Ashlar.Nn;

/// <summary>Normalises each channel of volumes over the batch: see <see cref="BatchNorm"/>. x is [N, channels, D, H, W].</summary>
public sealed class BatchNorm3d : BatchNorm
{
    /// <param name="channels">Extent of axis 1 of x.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="momentum">Weight of the batch in the running statistics, 0 to 1.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    public BatchNorm3d(int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
        : base(channels, epsilon, momentum, affine)
    {
    }

    private protected override string Wanted => "[N, {0}, D, H, W]";

    private protected override bool Takes(int rank) => rank == 5;
}
