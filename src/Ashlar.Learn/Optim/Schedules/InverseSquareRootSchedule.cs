namespace Ashlar.Optim;

/// <summary>A straight rise to the peak, then a fall with one over the root of the steps: peak · min(t / warmup, √(warmup / t)) with t = step + 1.</summary>
/// <remarks>Vaswani et al. 2017, "Attention is all you need", equation 3.</remarks>
/// <param name="Peak">The largest rate, at the end of the rise.</param>
/// <param name="Warmup">Steps of the rise, ≥ 1.</param>
public sealed record InverseSquareRootSchedule(double Peak, long Warmup) : ISchedule
{
    /// <summary>The schedule of the transformer, often called Noam's: factor · width^-½ · min(t^-½, t · warmup^-3/2).</summary>
    /// <param name="width">Features of the model.</param>
    /// <param name="warmup">Steps of the rise, ≥ 1.</param>
    /// <param name="factor">Factor of the whole.</param>
    public static InverseSquareRootSchedule Noam(int width, long warmup, double factor = 1) => new(factor / Math.Sqrt((double)width * warmup), warmup);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The rise has no steps.</exception>
    public double At(long step)
    {
        if (Warmup < 1)
        {
            throw new InvalidOperationException($"InverseSquareRootSchedule: a rise of {Warmup} steps has no peak. Give 1 or more.");
        }

        double t = (step + 1.0) / Warmup;
        return Peak * (t < 1 ? t : 1 / Math.Sqrt(t));
    }
}
