using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <content>Activations in pieces: rectifiers, shrinkers and hard forms of smooth functions. NaN propagates through all. Floating tensors of any shape; the result has the shape of x.</content>
public static partial class Functional
{
    const double SeluAlpha = 1.6732632423543772;
    const double SeluScale = 1.0507009873554805;

    /// <summary>min(max(x, 0), 6).</summary>
    /// <remarks>Krizhevsky 2010, "Convolutional deep belief networks on CIFAR-10".</remarks>
    public static Tensor Relu6(Tensor x) => Hardtanh(x, 0, 6);

    /// <summary>x above zero, slope · x elsewhere.</summary>
    /// <remarks>Maas, Hannun, Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".</remarks>
    public static Tensor LeakyRelu(Tensor x, double slope = 0.01) => Tensor.Where(x > 0, x, x * slope);

    /// <summary>x above zero, weight · x elsewhere.</summary>
    /// <remarks>He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", equation 1.</remarks>
    /// <param name="x">[…] with one weight, else [N, channels, …].</param>
    /// <param name="weight">[1] or [channels].</param>
    /// <exception cref="ShapeException">The weights are not as many as the channels.</exception>
    public static Tensor PRelu(Tensor x, Tensor weight)
    {
        int channels = x.Rank < 2 ? 1 : x.Shape[1];
        if (weight.Rank != 1 || (weight.Size != 1 && weight.Size != channels))
        {
            throw new ShapeException($"PRelu: the weight is {weight.Shape}, the input {x.Shape} has {channels} channels. Give one weight, or one for each channel of axis 1.");
        }

        Tensor slope = weight.Size == 1 ? weight.Reshape() : weight.Reshape([channels, .. Enumerable.Repeat(1, x.Rank - 2)]);
        return Tensor.Where(x > 0, x, x * slope);
    }

    /// <summary>x above zero; elsewhere slope · x, the slope of each element uniform on [lower, upper).</summary>
    /// <remarks>Xu, Wang, Chen, Li 2015, "Empirical evaluation of rectified activations in convolutional network".</remarks>
    /// <param name="x">Floating.</param>
    /// <param name="key">Draws the slopes; equal keys give equal bits.</param>
    /// <param name="lower">Least slope.</param>
    /// <param name="upper">Largest slope.</param>
    public static Tensor RRelu(Tensor x, RandomKey key, double lower = 1.0 / 8, double upper = 1.0 / 3) =>
        Tensor.Where(x > 0, x, x * Tensor.RandomUniform(key, x.Shape, lower, upper, x.DType));

    /// <summary>x above zero, α · (eˣ - 1) elsewhere.</summary>
    /// <remarks>Clevert, Unterthiner, Hochreiter 2016, "Fast and accurate deep network learning by exponential linear units".</remarks>
    public static Tensor Elu(Tensor x, double alpha = 1) => Tensor.Where(x > 0, x, Below(x).Expm1() * alpha);

    /// <summary>λ · ELU with λ ≈ 1.0507 and α ≈ 1.6733, for which activations keep mean 0 and variance 1.</summary>
    /// <remarks>Klambauer, Unterthiner, Mayr, Hochreiter 2017, "Self-normalizing neural networks", equation 14.</remarks>
    public static Tensor Selu(Tensor x) => Elu(x, SeluAlpha) * SeluScale;

    /// <summary>x above zero, α · (e^(x/α) - 1) elsewhere: an ELU whose slope is continuous.</summary>
    /// <remarks>Barron 2017, "Continuously differentiable exponential linear units".</remarks>
    public static Tensor Celu(Tensor x, double alpha = 1) => Tensor.Where(x > 0, x, (Below(x) / alpha).Expm1() * alpha);

    /// <summary>x inside (low, high), the nearer bound elsewhere; the gradient at the bounds is 0.</summary>
    public static Tensor Hardtanh(Tensor x, double low = -1, double high = 1) =>
        Tensor.Where(x <= low, Number(x, low), Tensor.Where(x >= high, Number(x, high), x));

    /// <summary>x / 6 + ½ inside (-3, 3), 0 below, 1 above.</summary>
    /// <remarks>Howard et al. 2019, "Searching for MobileNetV3", section 5.2.</remarks>
    public static Tensor Hardsigmoid(Tensor x) => Hardtanh((x / 6) + 0.5, 0, 1);

    /// <summary>x · (x / 6 + ½) inside (-3, 3), 0 below, x above.</summary>
    /// <remarks>Howard et al. 2019, "Searching for MobileNetV3", section 5.2.</remarks>
    public static Tensor Hardswish(Tensor x) => Tensor.Where(x <= -3, Number(x, 0), Tensor.Where(x >= 3, x, x * ((x / 6) + 0.5)));

    /// <summary>x outside [-λ, λ], 0 inside.</summary>
    public static Tensor Hardshrink(Tensor x, double lambda = 0.5) => Tensor.Where(x.Abs() <= lambda, Number(x, 0), x);

    /// <summary>x - λ above λ, x + λ below -λ, 0 between.</summary>
    public static Tensor Softshrink(Tensor x, double lambda = 0.5) => Tensor.Where(x.Abs() <= lambda, Number(x, 0), x - (x.Sign() * lambda));

    /// <summary>x above the threshold, the value elsewhere.</summary>
    public static Tensor Threshold(Tensor x, double threshold, double value) => Tensor.Where(x <= threshold, Number(x, value), x);

    /// <summary>The largest of each group of neighbouring features.</summary>
    /// <remarks>Goodfellow, Warde-Farley, Mirza, Courville, Bengio 2013, "Maxout networks".</remarks>
    /// <param name="x">[…, features, …].</param>
    /// <param name="pieces">Features of a group, ≥ 1; it divides the extent of the axis.</param>
    /// <param name="axis">The axis of the features.</param>
    /// <returns>As x with features / pieces along the axis.</returns>
    /// <exception cref="ShapeException">The groups do not fill the axis.</exception>
    public static Tensor Maxout(Tensor x, int pieces, int axis = -1)
    {
        int place = x.Shape.Axis(axis, "Maxout");
        if (pieces < 1 || x.Shape[place] % pieces != 0)
        {
            throw new ShapeException($"Maxout: groups of {pieces} do not fill axis {place} of {x.Shape}. Give a divisor of {x.Shape[place]}.");
        }

        int[] grouped = [.. x.Shape.Extents[..place], x.Shape[place] / pieces, pieces, .. x.Shape.Extents[(place + 1)..]];
        return x.Reshape(grouped).Max([place + 1]);
    }

    // 0 where x is above zero: the branch that is not taken stays finite, and so does its gradient.
    static Tensor Below(Tensor x) => Tensor.Where(x > 0, Number(x, 0), x);

    static Tensor Number(Tensor like, double value) => new(Op.Number(like.Node, value));
}
