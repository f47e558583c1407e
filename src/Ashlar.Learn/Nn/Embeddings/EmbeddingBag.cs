namespace Ashlar.Nn;

/// <summary>Sums, means or largest elements of the rows of a table, bag by bag.</summary>
/// <remarks>First values: normal with mean 0 and deviation 1, the padding row 0. Bags of different length are rows of one length filled up with the padding index.</remarks>
public sealed class EmbeddingBag : Module
{
    readonly BagMode _mode;
    readonly int? _paddingIndex;

    /// <param name="rows">Number of things, ≥ 1.</param>
    /// <param name="features">Numbers for each.</param>
    /// <param name="mode">How the rows of a bag are joined.</param>
    /// <param name="paddingIndex">A row that counts as absent, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding index is no row.</exception>
    public EmbeddingBag(int rows, int features, BagMode mode = BagMode.Mean, int? paddingIndex = null)
    {
        (_mode, _paddingIndex) = (mode, Embedding.Checked("EmbeddingBag", rows.AtLeast(1, nameof(rows)), paddingIndex));
        Weight = Register("weight", Embedding.Table(rows, features, paddingIndex));
    }

    /// <summary>[rows, features], float32.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new EmbeddingBag({Weight.Shape[0]}, {Weight.Shape[1]}{Spatial.Given("mode", _mode, BagMode.Mean)}{(_paddingIndex is { } row ? $", paddingIndex: {row}" : "")})";

    /// <summary>Joins the rows of bags, each times a weight.</summary>
    /// <param name="x">[bags, length], 0 to rows - 1; int32 or int64.</param>
    /// <param name="weights">[bags, length], floating; for <see cref="BagMode.Sum"/>. Null for 1.</param>
    /// <returns>[bags, features].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="InvalidOperationException">Weights are given to another mode.</exception>
    public Tensor Forward(Tensor x, Tensor? weights)
    {
        if (x.Rank != 2 || (weights is not null && !weights.Shape.Equals(x.Shape)) || x.DType is not (DType.Int32 or DType.Int64))
        {
            throw new ShapeException($"EmbeddingBag: the bags are {x.DType.Name}{x.Shape}{(weights is null ? "" : $" and the weights {weights.Shape}")}, wanted int32 or int64 [bags, length]. Fill shorter bags up with the padding index.");
        }

        if (weights is not null && _mode != BagMode.Sum)
        {
            throw new InvalidOperationException($"EmbeddingBag: weights {weights.Shape} are given to the mode {_mode}. Use BagMode.Sum, or leave them out.");
        }

        Tensor rows = Functional.Embedding(x, Weight);
        Tensor zero = Tensor.Scalar(0, rows.DType);
        if (weights is not null)
        {
            rows *= weights.Reshape([.. x.Shape, 1]);
        }

        if (_paddingIndex is not { } row)
        {
            return _mode switch { BagMode.Sum => rows.Sum([1]), BagMode.Mean when x.Shape[1] > 0 => rows.Mean([1]), BagMode.Max when x.Shape[1] > 0 => rows.Max([1]), _ => rows.Sum([1]) };
        }

        Tensor present = x.NotEqualTo(Tensor.Scalar(row, x.DType)).Reshape([.. x.Shape, 1]);
        Tensor count = present.To(rows.DType).Sum([1]);
        Tensor joined = _mode == BagMode.Max
            ? Tensor.Where(present, rows, Tensor.Scalar(double.NegativeInfinity, rows.DType)).Max([1])
            : Tensor.Where(present, rows, zero).Sum([1]);
        return _mode switch
        {
            BagMode.Mean => joined / Tensor.Maximum(count, Tensor.Scalar(1, rows.DType)),
            BagMode.Max => Tensor.Where(count > 0, joined, zero),
            _ => joined,
        };
    }

    /// <param name="x">[bags, length], 0 to rows - 1; int32 or int64.</param>
    /// <returns>[bags, features].</returns>
    /// <exception cref="ShapeException">x has other axes.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, null);
}
