using Ashlar.Functions;

namespace Ashlar.Optim;

/// <summary>One rise to a high rate and one long fall far below the first: along cosines or straight lines.</summary>
/// <remarks>Smith, Topin 2018, "Super-convergence: very fast training of neural networks using large learning rates", with the phases of PyTorch.</remarks>
/// <param name="Peak">The largest rate.</param>
/// <param name="Steps">Steps of the whole, ≥ 2.</param>
/// <param name="Rise">Share of the steps that rise.</param>
/// <param name="StartDivisor">Peak over first rate.</param>
/// <param name="EndDivisor">First rate over last.</param>
/// <param name="IsLinear">Whether to go along straight lines.</param>
/// <param name="HasThreePhases">Whether to fall to the first rate as fast as it rose, and only then to the last.</param>
public sealed record OneCycleSchedule(double Peak, long Steps, double Rise = 0.3, double StartDivisor = 25, double EndDivisor = 1e4, bool IsLinear = false, bool HasThreePhases = false) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step)
    {
        double start = Peak / StartDivisor;
        double end = start / EndDivisor;
        double top = (Rise * Steps) - 1;
        double middle = HasThreePhases ? (2 * Rise * Steps) - 2 : Steps - 1;
        return step <= top ? Between(start, Peak, step / top)
            : step <= middle ? Between(Peak, HasThreePhases ? start : end, (step - top) / (middle - top))
            : step < Steps - 1 ? Between(start, end, (step - middle) / (Steps - 1 - middle))
            : end;
    }

    double Between(double from, double to, double share) =>
        IsLinear ? from + ((to - from) * share) : to + ((from - to) / 2 * (1 + ElementaryFunctions.Cos(Math.PI * share)));
}
