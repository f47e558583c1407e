namespace Ashlar.Training;

/// <summary>What a <see cref="Trainer{TBatch}"/> looks at to find numbers that are not finite.</summary>
public enum NaNSearch
{
    /// <summary>Nothing: training goes on with what there is.</summary>
    None,

    /// <summary>The loss of every step, which costs nothing. A gradient that is not finite shows in the next loss, and then only the step is known.</summary>
    Loss,

    /// <summary>Loss and gradients, before a step changes anything: the operation is always found, and the run can be saved and resumed. Gradients are read once more, and updates wait for all of them.</summary>
    Gradients,
}
