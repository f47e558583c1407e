namespace Ashlar;

/// <content>Tensors shaped as another one.</content>
public sealed partial class Tensor
{
    /// <summary>Every element 0, in the shape of another tensor.</summary>
    /// <param name="like">Gives the shape, and the dtype if none is named.</param>
    /// <param name="type">Null for the dtype of <paramref name="like"/>.</param>
    public static Tensor ZerosLike(Tensor like, DType? type = null) => Zeros(like.Shape, type ?? like.DType);

    /// <summary>Every element 1, in the shape of another tensor.</summary>
    /// <param name="like">Gives the shape, and the dtype if none is named.</param>
    /// <param name="type">Null for the dtype of <paramref name="like"/>.</param>
    public static Tensor OnesLike(Tensor like, DType? type = null) => Ones(like.Shape, type ?? like.DType);

    /// <summary>Every element the same, in the shape of another tensor.</summary>
    /// <param name="like">Gives the shape, and the dtype if none is named.</param>
    /// <param name="value">Of every element.</param>
    /// <param name="type">Null for the dtype of <paramref name="like"/>.</param>
    public static Tensor FullLike(Tensor like, double value, DType? type = null) => Full(like.Shape, value, type ?? like.DType);

    /// <summary>Elements of no promised value; here zeros, so that a program that reads them has the same bits everywhere.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="type">Of the result.</param>
    public static Tensor Empty(Shape shape, DType type = DType.Float32) => Zeros(shape, type);

    /// <summary>Elements of no promised value (zeros, see <see cref="Empty"/>), in the shape of another tensor.</summary>
    /// <param name="like">Gives the shape, and the dtype if none is named.</param>
    /// <param name="type">Null for the dtype of <paramref name="like"/>.</param>
    public static Tensor EmptyLike(Tensor like, DType? type = null) => ZerosLike(like, type);
}
