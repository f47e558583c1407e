using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A loop with a fixed number of steps, and which of its results a node is: first the last carries, then the stacked outputs, then the stacked carries from before each step.</summary>
/// <param name="body">From carries, one slice of each stacked input and captured values to the next carries and the outputs.</param>
/// <param name="carries">Number of carries.</param>
/// <param name="stacked">Number of stacked inputs.</param>
/// <param name="steps">Number of steps.</param>
/// <param name="isReverse">Whether the last slice comes first.</param>
/// <param name="result">The number of the result.</param>
public sealed class LoopAttributes(BodyGraph body, int carries, int stacked, int steps, bool isReverse, int result) : CallAttributes(result)
{
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
    public LoopAttributes For(int other) => new(body, carries, stacked, steps, isReverse, other);

    /// <inheritdoc/>
    public override string ToString() => $"result {Result} of {steps} steps over {body}{(isReverse ? ", backwards" : "")}";

    /// <inheritdoc/>
    protected override void WriteCall(KeyWriter key)
    {
        key.Write([carries, stacked, steps, isReverse ? 1 : 0]);
        body.WriteKey(key);
    }
}
