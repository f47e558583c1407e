namespace Ashlar.Nn;

/// <content>Rows of tables.</content>
public static partial class Functional
{
    /// <summary>Row indices[…] of a table: y[…, :] = weight[indices[…], :].</summary>
    /// <param name="indices">[…], 0 to rows - 1; int32 or int64.</param>
    /// <param name="weight">[rows, features].</param>
    /// <param name="paddingIndex">A row that learns nothing, or null.</param>
    /// <returns>[…, features].</returns>
    /// <exception cref="ShapeException">The weight is no matrix.</exception>
    /// <exception cref="DTypeException">The indices are no int32 or int64.</exception>
    public static Tensor Embedding(Tensor indices, Tensor weight, int? paddingIndex = null)
    {
        if (weight.Rank != 2)
        {
            throw new ShapeException($"Embedding: the weight is {weight.Shape}, wanted [rows, features]. Give a matrix.");
        }

        if (indices.DType is not (DType.Int32 or DType.Int64))
        {
            throw new DTypeException($"Embedding: the indices are {indices.DType.Name}{indices.Shape}. Give int32 or int64.");
        }

        Tensor y = Rows(weight, indices, 0);
        return paddingIndex is { } row ? Tensor.Where(indices.EqualTo(Tensor.Scalar(row, indices.DType)).Reshape([.. indices.Shape, 1]), y.StopGradient(), y) : y;
    }
}
