using Ashlar.Autodiff;

namespace Ashlar.Nn;

/// <content>Smooth activations. Floating tensors of any shape; the result has the shape of x. None overflows for finite x.</content>
public static partial class Functional
{
    /// <summary>x · Φ(x) = ½ · x · (1 + erf(x / √2)).</summary>
    /// <remarks>Hendrycks, Gimpel 2016, "Gaussian error linear units", the exact form.</remarks>
    public static Tensor Gelu(Tensor x) => x * 0.5 * ((x * Math.Sqrt(0.5)).Erf() + 1);

    /// <summary>½ · x · (1 + tanh(√(2/π) · (x + 0.044715 x³))), within 5·10⁻⁴ of <see cref="Gelu"/>; models trained with one form want that one.</summary>
    /// <remarks>Hendrycks, Gimpel 2016, section 2.</remarks>
    public static Tensor GeluTanh(Tensor x) => x * 0.5 * (((x + (x * x * x * 0.044715)) * Math.Sqrt(2 / Math.PI)).Tanh() + 1);

    /// <summary>x · σ(x), also called swish.</summary>
    /// <remarks>Elfwing, Uchibe, Doya 2018, "Sigmoid-weighted linear units"; Ramachandran, Zoph, Le 2017, "Searching for activation functions".</remarks>
    public static Tensor Silu(Tensor x) => x * x.Sigmoid();

    /// <summary>x · tanh(softplus(x)).</summary>
    /// <remarks>Misra 2019, "Mish: a self regularized non-monotonic activation function".</remarks>
    public static Tensor Mish(Tensor x) => x * Softplus(x).Tanh();

    /// <summary>ln(1 + e^(βx)) / β, computed as max(βx, 0) + ln(1 + e^-|βx|): accurate everywhere, so there is no threshold above which it would turn into x.</summary>
    public static Tensor Softplus(Tensor x, double beta = 1)
    {
        Tensor z = beta == 1 ? x : x * beta;
        Tensor y = Tensor.Maximum(z, Number(z, 0)) + (-z.Abs()).Exp().Log1p();
        return beta == 1 ? y : y / beta;
    }

    /// <summary>ln σ(x) = -softplus(-x).</summary>
    public static Tensor LogSigmoid(Tensor x) => -Softplus(-x);

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x) => x / (x.Abs() + 1);

    /// <summary>x - tanh x.</summary>
    public static Tensor Tanhshrink(Tensor x) => x - x.Tanh();

    /// <summary>eˣ / Σ eˣ along an axis, shifted by the largest so that nothing overflows.</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Tensor Softmax(Tensor x, int axis = -1)
    {
        Tensor e = Shifted(x, axis).Exp();
        Tensor y = e / e.Sum([axis], keepAxes: true);
        return y.DType.IsFloating && y.DType == x.DType ? new(GradientRulePrimitive.Record(y.Node, [x.Node], new SoftmaxRule(x.Shape.Axis(axis, "Softmax")))) : y;
    }

    /// <summary>ln softmax(x) along an axis: x - max - ln Σ e^(x - max).</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Tensor LogSoftmax(Tensor x, int axis = -1)
    {
        Tensor z = Shifted(x, axis);
        return z - z.Exp().Sum([axis], keepAxes: true).Log();
    }

    /// <summary>softmax(-x) along an axis.</summary>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public static Tensor Softmin(Tensor x, int axis = -1) => Softmax(-x, axis);

    static Tensor Shifted(Tensor x, int axis) => x - x.Max([axis], keepAxes: true).StopGradient();
}
