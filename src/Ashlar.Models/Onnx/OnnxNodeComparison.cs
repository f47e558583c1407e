namespace Ashlar.Onnx;

/// <summary>A value that two models compute, and how far apart it is.</summary>
/// <param name="Operator">What computes it.</param>
/// <param name="First">Name of the first model's node; of its output for outputs of the models.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="Type">Type and shape in the first model.</param>
/// <param name="Largest">The largest finite number of the first model's value, without sign.</param>
/// <param name="Difference">The largest difference of two elements; infinite where only one is NaN or infinite, or where type or shape differ.</param>
/// <param name="Differing">Number of elements with other bits.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="Mismatch">Why elements cannot be compared, such as another shape; null where they can.</param>
public sealed record OnnxNodeComparison(string Operator, string First, string Second, string Type, double Largest, double Difference, long Differing, long Count, string? Mismatch)
{
    /// <summary><see cref="Difference"/> in parts of <see cref="Largest"/>; 0 where nothing differs.</summary>
    public double Relative => Difference == 0 ? 0 : Difference / Largest;

    /// <summary>Whether the values differ.</summary>
    /// <param name="tolerance">What <see cref="Relative"/> may be; with 0 every bit counts.</param>
    public bool Differs(double tolerance) => Mismatch is not null || (tolerance == 0 ? Differing > 0 : !(Relative <= tolerance));
}
