using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A loop with a fixed number of steps, and which of its results a node is: first the last carries, then the stacked outputs, then the stacked carries from before each step.</summary>
/// <param name="body">From carries, one slice of each stacked input and captured values to the next carries and the outputs.</param>
/// <param name="carries">Number of carries.</param>
/// <param name="stacked">Number of stacked inputs.</param>
/// <param name="steps">Number of steps.</param>
/// <param name="isReverse">Whether the last slice comes first.</param>
/// <param name="result">The number of the result.</param>
/// <param name="plain">For a loop that stacks further values for its gradient: the loop without them. Null otherwise.</param>
public sealed class LoopAttributes(BodyGraph body, int carries, int stacked, int steps, bool isReverse, int result, LoopAttributes? plain = null) : CallAttributes(result)
{
    /// <summary>The loop that stacks fewer outputs and is the same otherwise, or null.</summary>
    public LoopAttributes? Plain => plain;

    /// <summary>From carries, one slice of each stacked input and captured values to the next carries and the outputs.</summary>
    public BodyGraph Body => body;

    /// <summary>Number of carries.</summary>
    public int Carries => carries;

    /// <summary>Number of stacked inputs.</summary>
    public int Stacked => stacked;

    /// <summary>Number of stacked outputs.</summary>
    public int Outputs => body.Results.Length - carries;

    /// <summary>Number of steps.</summary>
    public int Steps => steps;

    /// <summary>Whether the last slice comes first.</summary>
    public bool IsReverse => isReverse;

    /// <summary>The slice of step <paramref name="step"/>.</summary>
    public int SliceOf(int step) => isReverse ? steps - 1 - step : step;

    /// <summary>The same call, another result.</summary>
    public LoopAttributes For(int other) => new(body, carries, stacked, steps, isReverse, other, plain);

    /// <summary>The same loop with further outputs.</summary>
    /// <param name="values">Nodes of the body that are stacked too.</param>
    public LoopAttributes Keeping(ReadOnlySpan<Node> values) => values.Length == 0 ? this : new(body.With(values), carries, stacked, steps, isReverse, Result, this);

    /// <summary>The result of this loop that is the given result of the loop without the further outputs.</summary>
    /// <param name="result">A number of <see cref="Plain"/>.</param>
    public LoopAttributes Instead(int result) => For(result < carries + plain!.Outputs ? result : result + Outputs - plain.Outputs);

    /// <inheritdoc/>
    public override string ToString() => $"result {Result} of {steps} steps over {body}{(isReverse ? ", backwards" : "")}";

    /// <inheritdoc/>
    protected override void WriteCall(KeyWriter key)
    {
        key.Write([carries, stacked, steps, isReverse ? 1 : 0]);
        body.WriteKey(key);
    }
}
