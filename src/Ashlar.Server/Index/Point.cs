namespace Ashlar.Server.Index;

/// <summary>One value of a metric.</summary>
/// <param name="Step">Which step of the training.</param>
/// <param name="Time">When, in seconds since 1970.</param>
/// <param name="Value">The value, which may be infinite or not a number.</param>
readonly record struct Point(long Step, double Time, double Value);
