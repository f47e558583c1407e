using Ashlar.Nn;

namespace Ashlar.Onnx.Operators;

/// <summary>Activations, softmax among them. Half floats are computed in float32 where a formula has several steps.</summary>
static class ActivationOperators
{
    public static Operator[] All { get; } =
    [
        new("Relu", 1, c => c[0].Relu()),
        new("LeakyRelu", 1, c => Wide(c, x => Functional.LeakyRelu(x, c.Float("alpha", 0.01f)))),
        new("PRelu", 1, PRelu),
        new("Elu", 1, c => Wide(c, x => Functional.Elu(x, c.Float("alpha", 1)))),
        new("Celu", 12, c => Wide(c, x => Functional.Celu(x, c.Float("alpha", 1)))),
        new("Selu", 1, c => Wide(c, x => Selu(x, c.Float("alpha", c.Opset < 6 ? 1.6732f : 1.67326319217681884765625f), c.Float("gamma", c.Opset < 6 ? 1.0507f : 1.05070102214813232421875f)))),
        new("Gelu", 20, c => Wide(c, x => c.Text("approximate", "none") == "tanh" ? Functional.GeluTanh(x) : Functional.Gelu(x))),
        new("Sigmoid", 1, c => c[0].Sigmoid()),
        new("HardSigmoid", 1, c => Wide(c, x => ((x * c.Float("alpha", 0.2f)) + c.Float("beta", 0.5f)).Clip(0.0, 1.0))),
        new("HardSwish", 14, c => Wide(c, x => x * ((x * (1f / 6)) + 0.5).Clip(0.0, 1.0))),
        new("Swish", 24, c => Wide(c, x => x * (x * c.Float("alpha", 1)).Sigmoid())),
        new("Mish", 18, c => Wide(c, Functional.Mish)),
        new("Softplus", 1, c => Wide(c, x => x.Softplus())),
        new("Softsign", 1, c => Wide(c, Functional.Softsign)),
        new("ThresholdedRelu", 10, c => Tensor.Where(c[0] > c.Float("alpha", 1), c[0], Tensor.ZerosLike(c[0]))),
        new("Shrink", 9, Shrink),
        new("Softmax", 1, c => Along(c, Functional.Softmax)),
        new("LogSoftmax", 1, c => Along(c, Functional.LogSoftmax)),
        new("Hardmax", 1, c => Along(c, (x, axis) => x.ArgMax(axis).OneHot(x.Shape[axis], x.DType).MoveAxis(-1, axis))),
    ];

    /// <summary>Computes a formula of several steps in float32 where the input is narrower, and rounds once.</summary>
    internal static Tensor Wide(OperatorCall c, Func<Tensor, Tensor> formula) => Wide(c[0], formula);

    /// <summary>As <see cref="Wide(OperatorCall, Func{Tensor, Tensor})"/> for one tensor.</summary>
    internal static Tensor Wide(Tensor x, Func<Tensor, Tensor> formula) => x.DType.IsHalf ? formula(x.To(DType.Float32)).To(x.DType) : formula(x);

    static Tensor Selu(Tensor x, double alpha, double gamma) => Tensor.Where(x > 0.0, x, x.Expm1() * alpha) * gamma;

    static Results PRelu(OperatorCall c)
    {
        (Tensor x, Tensor slope) = (c[0], c[1]);
        if (c.Opset < 7 && slope.Rank == 1 && slope.Size > 1)
        {
            slope = slope.Reshape([slope.Size, .. Enumerable.Repeat(1, x.Rank - 2)]);
        }

        return Tensor.Where(x < Tensor.ZerosLike(x), x * slope, x);
    }

    static Results Shrink(OperatorCall c)
    {
        (Tensor x, double bias, double lambda) = (c[0], c.Float("bias", 0), c.Float("lambd", 0.5f));
        Tensor wide = x.DType.IsInteger ? x.To(DType.Float32) : x;
        Tensor y = Tensor.Where(wide < -lambda, wide + bias, Tensor.Where(wide > lambda, wide - bias, Tensor.ZerosLike(wide)));
        return y.To(x.DType);
    }

    // Before version 13 the axes from the given one on were one.
    static Tensor Along(OperatorCall c, Func<Tensor, int, Tensor> formula) => Wide(c, x =>
    {
        if (c.Opset >= 13)
        {
            return formula(x, OperatorCall.Axis(c.Int("axis", -1), Math.Max(1, x.Rank)));
        }

        int axis = OperatorCall.Axis(c.Int("axis", 1), Math.Max(1, x.Rank));
        if (axis == x.Rank - 1)
        {
            return formula(x, axis);
        }

        int rows = new Shape(x.Shape.Extents[..axis]).Size;
        return formula(x.Reshape(rows, x.Size / Math.Max(1, rows)), 1).Reshape(x.Shape.Extents);
    });
}
