namespace Ashlar.Optim;

/// <summary>A learning rate as a function of the step alone: <c>optimizer.LearningRate = schedule.At(optimizer.Steps)</c>. Nothing needs to be saved.</summary>
public interface ISchedule
{
    /// <summary>The rate for a step.</summary>
    /// <param name="step">Steps taken before, ≥ 0. What a step is, one of the optimizer or an epoch, is the caller's choice.</param>
    double At(long step);
}
