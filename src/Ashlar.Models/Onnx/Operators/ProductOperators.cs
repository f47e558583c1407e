namespace Ashlar.Onnx.Operators;

/// <summary>Products of matrices.</summary>
static class ProductOperators
{
    public static Operator[] All { get; } =
    [
        new("MatMul", 1, c => c[0].MatMul(c[1])),
        new("MatMulInteger", 10, MatMulInteger),
        new("Gemm", 1, Gemm),
        new("Einsum", 12, c => Tensor.Einsum(c.Text("equation", "").Replace(" ", "", StringComparison.Ordinal), c.All())),
        new("Det", 11, c => Linalg.Det(c[0])),
    ];

    static Results Gemm(OperatorCall c)
    {
        Tensor a = c.Flag("transA") ? c[0].T : c[0];
        Tensor b = c.Flag("transB") ? c[1].T : c[1];
        (double alpha, double beta) = (c.Float("alpha", 1), c.Float("beta", 1));
        // Half floats are rounded once, behind the last step.
        DType wide = a.DType.IsHalf ? DType.Float32 : a.DType;
        Tensor y = Scaled(a.To(wide).MatMul(b.To(wide)), alpha);
        return (c.Maybe(2) is { } bias ? y + Scaled(bias.To(wide), beta) : y).To(a.DType);
    }

    static Tensor Scaled(Tensor x, double factor) => factor == 1 ? x : (x * factor).To(x.DType);

    static Results MatMulInteger(OperatorCall c) => Centred(c[0], c.Maybe(2), -1).MatMul(Centred(c[1], c.Maybe(3), -2));

    /// <summary>Integers less their zero point, in int32.</summary>
    /// <param name="x">8 bits.</param>
    /// <param name="zero">One number, or one for each row (axis -1) or column (axis -2), or null.</param>
    /// <param name="along">The axis that a list of zero points is stretched along.</param>
    internal static Tensor Centred(Tensor x, Tensor? zero, int along)
    {
        Tensor wide = x.To(DType.Int32);
        if (zero is null)
        {
            return wide;
        }

        Tensor offset = zero.To(DType.Int32);
        return wide - (offset.Rank == 1 && offset.Size > 1 && along == -1 ? offset.Unsqueeze(-1) : offset.Rank == 1 && offset.Size == 1 ? offset.Reshape([]) : offset);
    }
}
