namespace Ashlar.Nn;

/// <summary>ln softmax(x) along an axis.</summary>
/// <param name="axis">The axis whose exponentials sum to 1.</param>
public sealed class LogSoftmax(int axis = -1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new LogSoftmax({axis})";

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.LogSoftmax(x, axis);
}
