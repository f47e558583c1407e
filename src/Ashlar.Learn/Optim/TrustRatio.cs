namespace Ashlar.Optim;

/// <summary>How far a tensor may move, from its norm and that of the step proposed for it.</summary>
static class TrustRatio
{
    /// <summary>The ratio of the Euclidean norms, [], 1 where either is 0.</summary>
    public static Tensor Of(Tensor value, Tensor direction, Func<Tensor, Tensor, Tensor> ratio)
    {
        Tensor w = Norm(value);
        Tensor u = Norm(direction);
        return Tensor.Where((w > 0) & (u > 0), ratio(w, u), Tensor.Scalar(1, value.DType));
    }

    static Tensor Norm(Tensor x) => (x * x).Sum().Sqrt();
}
