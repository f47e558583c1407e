using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A loop that runs while a condition holds, and which of its carries a node is.</summary>
/// <param name="condition">From the carries to one bool [].</param>
/// <param name="body">From the carries to the next, over the same slots.</param>
/// <param name="result">The number of the carry.</param>
public sealed class WhileAttributes(BodyGraph condition, BodyGraph body, int result) : CallAttributes(result)
{
    /// <summary>From the carries to one bool [].</summary>
    public BodyGraph Condition => condition;

    /// <summary>From the carries to the next.</summary>
    public BodyGraph Body => body;

    /// <summary>Number of carries.</summary>
    public int Carries => body.Results.Length;

    /// <summary>The same call, another carry.</summary>
    public WhileAttributes For(int other) => new(condition, body, other);

    /// <inheritdoc/>
    public override string ToString() => $"carry {Result} over {body} while {condition}";

    /// <inheritdoc/>
    protected override void WriteCall(KeyWriter key)
    {
        condition.WriteKey(key);
        body.WriteKey(key);
    }
}
