namespace Ashlar.Schedule;

/// <summary>What every operation's result is searched for.</summary>
public enum NumericsChecks : byte
{
    /// <summary>Nothing; no cost.</summary>
    None = 0,

    /// <summary>NaN.</summary>
    NaN = 1,

    /// <summary>NaN and infinities.</summary>
    NaNAndInfinity = 2,
}
