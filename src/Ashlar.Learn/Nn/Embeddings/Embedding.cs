using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <summary>A learned row for each of a number of things: y[…, :] = weight[indices[…], :].</summary>
/// <remarks>First values: normal with mean 0 and deviation 1, the padding row 0.</remarks>
public sealed class Embedding : Module
{
    /// <param name="rows">Number of things, ≥ 1.</param>
    /// <param name="features">Numbers for each.</param>
    /// <param name="paddingIndex">A row that is 0 at first and learns nothing, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding index is no row.</exception>
    public Embedding(int rows, int features, int? paddingIndex = null)
    {
        PaddingIndex = Checked("Embedding", rows.AtLeast(1, nameof(rows)), paddingIndex);
        Weight = Register("weight", Table(rows, features, paddingIndex));
    }

    /// <summary>[rows, features], float32.</summary>
    public Parameter Weight { get; }

    /// <summary>The row that learns nothing, or null.</summary>
    public int? PaddingIndex { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new Embedding({Weight.Shape[0]}, {Weight.Shape[1]}{(PaddingIndex is { } row ? $", paddingIndex: {row}" : "")})";

    internal static Parameter Table(int rows, int features, int? paddingIndex)
    {
        var shape = new Shape(rows, features);
        return new Parameter(shape, key =>
        {
            Tensor drawn = Tensor.RandomNormal(key, shape);
            return paddingIndex is { } row ? Tensor.Where(new Tensor(Op.Iota(new Shape(rows, 1), 0)).EqualTo(Tensor.Scalar(row, DType.Int32)), Tensor.Scalar(0), drawn) : drawn;
        });
    }

    internal static int? Checked(string layer, int rows, int? paddingIndex) => paddingIndex is null || (uint)paddingIndex < (uint)rows
        ? paddingIndex
        : throw new ArgumentOutOfRangeException(nameof(paddingIndex), $"{layer}: the padding index {paddingIndex} is none of {rows} rows. Give 0 to {rows - 1}.");

    /// <param name="x">[…], 0 to rows - 1; int32 or int64.</param>
    /// <returns>[…, features].</returns>
    /// <exception cref="DTypeException">x is no int32 or int64.</exception>
    protected override Tensor Apply(Tensor x) => Functional.Embedding(x, Weight, PaddingIndex);
}
