namespace Ashlar.Nn;

/// <summary>A whole number that belongs to a module's state, such as how often a layer has drawn random bits. It lives in the program, not in plans.</summary>
public sealed class StateCounter
{
    /// <summary>The present value, ≥ 0.</summary>
    public long Value { get; set; }
}
