using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A branch, and which of its results a node is.</summary>
/// <param name="then">What runs where the predicate is true.</param>
/// <param name="otherwise">What runs where it is false, over the same slots.</param>
/// <param name="result">The number of the result.</param>
public sealed class CondAttributes(BodyGraph then, BodyGraph otherwise, int result) : CallAttributes(result)
{
    /// <summary>What runs where the predicate is true.</summary>
    public BodyGraph Then => then;

    /// <summary>What runs where it is false.</summary>
    public BodyGraph Otherwise => otherwise;

    /// <summary>The same call, another result.</summary>
    public CondAttributes For(int other) => new(then, otherwise, other);

    /// <inheritdoc/>
    public override string ToString() => $"result {Result} of {then} or {otherwise}";

    /// <inheritdoc/>
    protected override void WriteCall(KeyWriter key)
    {
        then.WriteKey(key);
        otherwise.WriteKey(key);
    }
}
