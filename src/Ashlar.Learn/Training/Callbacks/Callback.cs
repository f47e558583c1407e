using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Acts at fixed moments of a training. What decides its next act is its state, which is part of every checkpoint.</summary>
/// <remarks>Moments of a step: <see cref="OnStep"/>, then where due <see cref="OnValidation"/>, then at an epoch's end <see cref="OnEpoch"/>, then <see cref="OnSettled"/>. Callbacks act in their order.</remarks>
public abstract class Callback : IStateful
{
    /// <summary>Its name in checkpoints; several of one name are numbered.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>A run begins or goes on; a checkpoint has been loaded.</summary>
    public virtual void OnFitStart(Trainer trainer)
    {
    }

    /// <summary>An epoch begins.</summary>
    public virtual void OnEpochStart(Trainer trainer)
    {
    }

    /// <summary>A step was taken.</summary>
    public virtual void OnStep(Trainer trainer, StepReport step)
    {
    }

    /// <summary>The validation data was measured.</summary>
    public virtual void OnValidation(Trainer trainer, ValidationReport validation)
    {
    }

    /// <summary>An epoch ended.</summary>
    public virtual void OnEpoch(Trainer trainer, EpochReport epoch)
    {
    }

    /// <summary>All that belongs to a step is done, validation and other callbacks included: the moment to save.</summary>
    public virtual void OnSettled(Trainer trainer)
    {
    }

    /// <summary>An exception ends the run. The step under way has been taken back.</summary>
    public virtual void OnException(Trainer trainer, Exception exception)
    {
    }

    /// <summary>The run ended without an exception.</summary>
    public virtual void OnFitEnd(Trainer trainer, FitResult result)
    {
    }

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public virtual void Load(IReadOnlyDictionary<string, Tensor> state) => StateCheck.Fits($"{GetType().Name}.Load", StateTensors(), state);
}
