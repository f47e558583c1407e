namespace Ashlar.Lab.Sweeps;

/// <summary>How a sweep chooses its trials.</summary>
public enum SweepMethod
{
    /// <summary>Every combination of the parameters' values.</summary>
    Grid,

    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>The tree-structured Parzen estimator: draws where good trials were.</summary>
    Tpe,

    /// <summary>Successive halving: many trials with a small budget, the best of them with a larger one.</summary>
    Halving,
}
