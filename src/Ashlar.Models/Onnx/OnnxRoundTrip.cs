using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>How the outputs of a written model compare with those of what it was written from.</summary>
/// <param name="IsExact">Whether every bit was the same.</param>
/// <param name="Relative">The largest difference, in parts of the largest number of its output.</param>
/// <param name="Runs">How many inputs were tried.</param>
public sealed record OnnxRoundTrip(bool IsExact, double Relative, int Runs)
{
    // Batches that were not recorded, so that what was told apart by the two recordings is tried with others.
    static readonly int[] Batches = [1, 2, 5];

    /// <summary>Reads a written model and runs it beside the function on drawn numbers; integers are 0.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="function">What it was written from.</param>
    /// <param name="inputs">Shape and dtype of each input.</param>
    /// <param name="symbolicBatch">Whether batches of 1, 2 and 5 are tried in place of the first extent.</param>
    /// <exception cref="OnnxException">The file cannot be read or run.</exception>
    public static OnnxRoundTrip Of(string path, Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, bool symbolicBatch = true) =>
        Of(OnnxModel.Load(path), function, inputs, symbolicBatch);

    /// <summary>Runs a model that was read again beside the function on drawn numbers; integers are 0.</summary>
    /// <param name="model">The written model, read again.</param>
    /// <param name="function">What it was written from.</param>
    /// <param name="inputs">Shape and dtype of each input.</param>
    /// <param name="symbolicBatch">Whether batches of 1, 2 and 5 are tried in place of the first extent.</param>
    /// <exception cref="OnnxException">The model cannot be run.</exception>
    public static OnnxRoundTrip Of(OnnxModel model, Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, bool symbolicBatch = true)
    {
        (bool exact, double relative, int runs) = (true, 0.0, 0);
        foreach (int? batch in symbolicBatch ? Batches.Cast<int?>() : [null])
        {
            Tensor[] x = [.. inputs.Select((input, i) => Drawn(batch is { } n ? new Shape([n, .. input.Shape.Extents[1..]]) : input.Shape, input.Type, i + runs))];
            foreach ((Tensor wanted, Tensor got) in function(x).Zip(model.Run(x)))
            {
                OnnxNodeComparison comparison = OnnxComparison.Compare("output", "", "", new OnnxTensor(wanted), new OnnxTensor(got));
                exact &= !comparison.Differs(0);
                relative = Math.Max(relative, comparison.Mismatch is null ? comparison.Relative : double.PositiveInfinity);
            }

            runs++;
        }

        return new OnnxRoundTrip(exact, relative, runs);
    }

    static Tensor Drawn(Shape shape, DType type, int seed) => type.IsFloating ? Tensor.RandomNormal(RandomKey.FromSeed(seed), shape).To(type) : Tensor.Zeros(shape, type);
}
