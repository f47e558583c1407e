using Ashlar.Autodiff;

namespace Ashlar.Nn;

/// <content>Normalisation: (x - mean) / √(variance + ε) over some axes, with the biased variance, then weight and bias.</content>
public static partial class Functional
{
    /// <summary>Normalises over the last axes, each example for itself.</summary>
    /// <remarks>Ba, Kiros, Hinton 2016, "Layer normalization".</remarks>
    /// <param name="x">[…, shape…]; floating.</param>
    /// <param name="shape">Extents of the axes to normalise over.</param>
    /// <param name="weight">[shape…], or null for 1.</param>
    /// <param name="bias">[shape…], or null for 0.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <exception cref="ShapeException">x does not end in the shape.</exception>
    public static Tensor LayerNorm(Tensor x, Shape shape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        Affine(Standardise(x, LastAxes("LayerNorm", x, shape), epsilon), weight, bias);

    /// <summary>x / √(mean of x² + ε) · weight over the last axes.</summary>
    /// <remarks>Zhang, Sennrich 2019, "Root mean square layer normalization".</remarks>
    /// <param name="x">[…, shape…]; floating.</param>
    /// <param name="shape">Extents of the axes to normalise over.</param>
    /// <param name="weight">[shape…], or null for 1.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <exception cref="ShapeException">x does not end in the shape.</exception>
    public static Tensor RmsNorm(Tensor x, Shape shape, Tensor? weight = null, double epsilon = 1e-6) =>
        Affine(x * ((x * x).Mean(LastAxes("RMSNorm", x, shape), keepAxes: true) + epsilon).Rsqrt(), weight, null);

    /// <summary>Normalises each group of channels of each example.</summary>
    /// <remarks>Wu, He 2018, "Group normalization".</remarks>
    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <param name="groups">Groups of neighbouring channels, ≥ 1; they divide C.</param>
    /// <param name="weight">[C], or null for 1.</param>
    /// <param name="bias">[C], or null for 0.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <exception cref="ShapeException">x has no channels, or the groups do not divide them.</exception>
    public static Tensor GroupNorm(Tensor x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        if (x.Rank < 2 || x.Shape[1] % groups.AtLeast(1, nameof(groups)) != 0)
        {
            throw new ShapeException($"GroupNorm: the input is {x.Shape}, wanted [N, C, …] whose channels {groups} groups divide. Choose other groups.");
        }

        int size = new Shape(x.Shape.Extents[1..]).Size / groups;
        Tensor normal = Standardise(x.Reshape(x.Shape[0], groups, size), [2], epsilon).Reshape(x.Shape.Extents);
        return Affine(normal, Along(weight, x), Along(bias, x));
    }

    /// <summary>Normalises each channel of each example over its spatial axes.</summary>
    /// <remarks>Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization".</remarks>
    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <param name="weight">[C], or null for 1.</param>
    /// <param name="bias">[C], or null for 0.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <exception cref="ShapeException">There is no spatial axis.</exception>
    public static Tensor InstanceNorm(Tensor x, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        Affine(Standardise(x, GlobalAvgPool.SpatialAxes("InstanceNorm", x), epsilon), Along(weight, x), Along(bias, x));

    /// <summary>Normalises each channel with given statistics: (x - mean) / √(variance + ε) · weight + bias.</summary>
    /// <param name="x">[N, C, …]; floating.</param>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C].</param>
    /// <param name="weight">[C], or null for 1.</param>
    /// <param name="bias">[C], or null for 0.</param>
    /// <param name="epsilon">ε > 0.</param>
    public static Tensor BatchNorm(Tensor x, Tensor mean, Tensor variance, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        Affine((x - Along(mean, x)!) * (Along(variance, x)! + epsilon).Rsqrt(), Along(weight, x), Along(bias, x));

    /// <summary>x / (k + α / size · Σ x² over neighbouring channels)^β.</summary>
    /// <remarks>Krizhevsky, Sutskever, Hinton 2012, "ImageNet classification", section 3.3, with the mean of PyTorch in place of the sum.</remarks>
    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <param name="size">Channels taken together, ≥ 1: ⌊size / 2⌋ before and the rest after.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <param name="k">k.</param>
    /// <exception cref="ShapeException">x has no spatial axis.</exception>
    public static Tensor LocalResponseNorm(Tensor x, int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        size.AtLeast(1, nameof(size));
        int[] around = new int[GlobalAvgPool.SpatialAxes("LocalResponseNorm", x).Length + 2];
        (int[] low, int[] high) = ([.. around], [.. around]);
        (low[1], high[1]) = (size / 2, (size - 1) / 2);
        Tensor squares = (x * x).Pad(low, high);
        Tensor sum = squares.Slice(1, 0, x.Shape[1]);
        for (int i = 1; i < size; i++)
        {
            sum += squares.Slice(1, i, x.Shape[1]);
        }

        return x / ((sum * (alpha / size)) + k).Pow(beta);
    }

    internal static Tensor Standardise(Tensor x, int[] axes, double epsilon)
    {
        Tensor centred = x - x.Mean(axes, keepAxes: true);
        Tensor variance = (centred * centred).Mean(axes, keepAxes: true);
        if (x.Node.IsTraced && x.DType == variance.DType)
        {
            variance = new Tensor(VarianceRule.Record(variance.Node, x.Node, centred.Node, axes, (double)x.Size / Math.Max(1, variance.Size)));
        }

        return centred * (variance + epsilon).Rsqrt();
    }

    static Tensor Affine(Tensor x, Tensor? weight, Tensor? bias)
    {
        Tensor scaled = weight is null ? x : x * weight;
        return bias is null ? scaled : scaled + bias;
    }

    // One number for each channel, against [N, C, …].
    static Tensor? Along(Tensor? channels, Tensor x) => channels?.Reshape([channels.Size, .. Spatial.Fill(Math.Max(0, x.Rank - 2), 1)]);

    static int[] LastAxes(string operation, Tensor x, Shape shape)
    {
        int lead = x.Rank - shape.Rank;
        return lead >= 0 && shape.Rank > 0 && x.Shape.Extents[lead..].SequenceEqual(shape.Extents)
            ? [.. Enumerable.Range(lead, shape.Rank)]
            : throw new ShapeException($"{operation}: the input {x.Shape} does not end in {shape}. Build {operation} with the extents of the last axes, or move the features there.");
    }
}
