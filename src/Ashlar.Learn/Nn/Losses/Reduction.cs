namespace Ashlar.Nn;

/// <summary>What a loss makes of the numbers that it has for each example or element.</summary>
public enum Reduction
{
    /// <summary>Their mean: over elements, or over examples where the loss has one number for each. Class weights weigh it.</summary>
    Mean = 0,

    /// <summary>Their sum.</summary>
    Sum = 1,

    /// <summary>Themselves.</summary>
    None = 2,

    /// <summary>Their sum divided by the extent of axis 0: the mean of what is a sum for each example, as a Kullback-Leibler divergence is.</summary>
    BatchMean = 3,
}
