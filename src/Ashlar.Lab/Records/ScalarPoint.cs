namespace Ashlar.Lab;

/// <summary>One logged number.</summary>
/// <param name="Step">Of the training.</param>
/// <param name="Time">When it was logged, in seconds since 1970 UTC.</param>
/// <param name="Value">Any, infinite and NaN included.</param>
public readonly record struct ScalarPoint(long Step, double Time, double Value);
