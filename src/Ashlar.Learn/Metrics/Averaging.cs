namespace Ashlar.Metrics;

/// <summary>How the scores of several classes become one.</summary>
public enum Averaging
{
    /// <summary>The score of class 1 of two.</summary>
    Binary,

    /// <summary>The score of all decisions together; every example has the same weight.</summary>
    Micro,

    /// <summary>The mean over the classes that occur in the target or the predictions; every class has the same weight.</summary>
    Macro,

    /// <summary>The mean over the classes, weighted by how often each occurs in the target.</summary>
    Weighted,
}
