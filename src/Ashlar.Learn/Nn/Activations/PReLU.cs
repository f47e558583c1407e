namespace Ashlar.Nn;

/// <summary>x above zero, weight · x elsewhere; the weights are trained. Weight decay pulls them towards 0: put them into a group without it.</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", section 2.1, with slopes of ¼ at first.</remarks>
public sealed class PReLU : Module
{
    readonly string _text;

    /// <param name="channels">One weight for each channel of axis 1, or 1 for all elements.</param>
    /// <param name="slope">The weights at first.</param>
    public PReLU(int channels = 1, double slope = 0.25)
    {
        _text = FormattableString.Invariant($"new PReLU({channels}, {slope})");
        Weight = Register("weight", new Parameter(new Shape(channels), _ => Tensor.Full(new Shape(channels), slope)));
    }

    /// <summary>[channels], float32.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <param name="x">[N, channels, …], or any shape with one weight.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The channels differ.</exception>
    protected override Tensor Apply(Tensor x) => Functional.PRelu(x, Weight);
}
