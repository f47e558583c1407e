namespace Ashlar.Optim;

/// <content>Loss scaling, and steps that are not taken.</content>
public abstract partial class Optimizer
{
    /// <summary>Scales the loss before the gradient is taken and the gradient back afterwards, so that float16 loses no small gradients; null for none. Part of the state.</summary>
    public LossScale? LossScale
    {
        get;
        init
        {
            field = value;
            if (value is not null)
            {
                _states.Add((null, "loss_scale", value.Scale));
                _states.Add((null, "finite_steps", value.FiniteSteps));
            }
        }
    }

    /// <summary>Whether a step whose loss or gradients hold a NaN or an infinity changes nothing (see <see cref="IsLastStepTaken"/>), so that what made it can still be looked for; false at first. Under a <see cref="LossScale"/> it always is so. The gradients are read once more for it.</summary>
    public bool SkipsNonFinite { get; set; }

    /// <summary>Whether the last step was taken: false where they were not finite under <see cref="SkipsNonFinite"/> or a <see cref="LossScale"/>. Then parameters, buffers, moments and <see cref="Steps"/> are as before; a loss scale is smaller.</summary>
    public bool IsLastStepTaken { get; private set; } = true;

    Tensor Scaled(Tensor loss) => LossScale is { } scale ? loss.To(DType.Float32) * new Tensor(scale.Scale.Leaf) : loss;

    Tensor[] Unscaled(Tensor[] gradients, Tensor? loss, StepPlan plan)
    {
        if (LossScale is null && !SkipsNonFinite)
        {
            return gradients;
        }

        // x · 0 is 0 for finite x and NaN for all others, and so is a sum of such.
        Tensor zeros = (gradients[0] * 0).Sum();
        foreach (Tensor gradient in gradients.AsSpan(1))
        {
            zeros += (gradient * 0).Sum();
        }

        if (SkipsNonFinite && loss is not null)
        {
            zeros += (loss.To(zeros.DType) * 0).Sum();
        }

        plan.IsFinite = zeros.EqualTo(Tensor.Scalar(0, zeros.DType));
        if (LossScale is not { } scale)
        {
            return gradients;
        }

        Tensor inverse = 1 / new Tensor(scale.Scale.Leaf);
        return Array.ConvertAll(gradients, gradient => gradient * inverse.To(gradient.DType));
    }
}
