using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>A factor for losses that falls when gradients overflow and rises after many steps without. It lives in the plan of the step; nothing is compiled when it changes.</summary>
/// <remarks>Micikevicius et al. 2018, "Mixed precision training", section 3.2, with the numbers of PyTorch. Powers of two change no bit of a gradient that neither overflows nor underflows. One for each optimizer.</remarks>
public sealed class LossScale
{
    readonly double _growth;
    readonly double _backoff;
    readonly int _interval;

    /// <param name="initial">The factor at first, > 0.</param>
    /// <param name="growth">What it is multiplied by after <paramref name="interval"/> steps without overflow, ≥ 1.</param>
    /// <param name="backoff">What it is multiplied by after an overflow, above 0 and below 1.</param>
    /// <param name="interval">Steps in a row without overflow, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public LossScale(double initial = 65536, double growth = 2, double backoff = 0.5, int interval = 2000)
    {
        if (!(initial > 0 && growth >= 1 && backoff > 0 && backoff < 1 && interval >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(initial), FormattableString.Invariant($"LossScale: initial {initial}, growth {growth}, backoff {backoff} and interval {interval} do not fit. The usual ones are 65536, 2, 0.5 and 2000."));
        }

        (_growth, _backoff, _interval) = (growth, backoff, interval);
        Evaluator.Assign([], [new Assignment(Scale, Tensor.Full(new Shape(), initial).Node), new Assignment(FiniteSteps, Tensor.Zeros(new Shape(), DType.Int32).Node)]);
    }

    /// <summary>The present factor.</summary>
    public double Value => new Tensor(Scale.Leaf).Item<float>();

    internal Variable Scale { get; } = new(new Shape(), DType.Float32, "loss_scale", snapshots: false);

    internal Variable FiniteSteps { get; } = new(new Shape(), DType.Int32, "finite_steps", snapshots: false);

    internal void Adapt(StepPlan plan)
    {
        Tensor finite = plan.IsFinite!;
        var scale = new Tensor(Scale.Leaf);
        Tensor steps = new Tensor(FiniteSteps.Leaf) + 1;
        Tensor grows = steps >= _interval;
        plan.Assign(Scale, Tensor.Where(finite, Tensor.Where(grows, scale * _growth, scale), scale * _backoff));
        plan.Assign(FiniteSteps, Tensor.Where(finite & ~grows, steps, Tensor.Zeros(new Shape(), DType.Int32)));
    }
}
