using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Normalisation over batches, channels, layers and neighbours.</summary>
static class NormalizationOperators
{
    public static Operator[] All { get; } =
    [
        new("BatchNormalization", 1, BatchNormalization),
        new("InstanceNormalization", 1, c => Grouped(c, c[0].Shape[1], 1)),
        new("GroupNormalization", 18, c => Grouped(c, c.Int("num_groups", 1), c.Opset < 21 ? c[0].Shape[1] / c.Int("num_groups", 1) : 1)),
        new("LayerNormalization", 17, LayerNormalization),
        new("RMSNormalization", 23, RmsNormalization),
        new("LRN", 1, LocalResponse),
        new("LpNormalization", 1, LpNormalization),
        new("MeanVarianceNormalization", 9, MeanVariance),
    ];

    // Before version 9 a number could be given for every element of a channel.
    static Tensor PerChannel(Tensor list, int rank) => list.Rank > 1 ? list : list.Reshape([-1, .. WindowGeometry.Ones(rank - 2)]);

    static Results BatchNormalization(OperatorCall c)
    {
        Tensor x = c[0];
        double epsilon = c.Float("epsilon", 1e-5f);
        // From version 7 to 13 nothing but the results that a node lists says whether it trains.
        bool training = c.Opset >= 14 ? c.Flag("training_mode") : c.Opset >= 7 ? Enumerable.Range(1, 4).Any(c.Wants) : !c.Flag("is_test");
        DType wide = x.DType.IsHalf ? DType.Float32 : x.DType;
        Tensor input = x.To(wide);
        if (x.Rank == 1)
        {
            input = input.Reshape(x.Size, 1);
        }

        (Tensor scale, Tensor bias, Tensor mean, Tensor variance) = (c[1].To(wide), c[2].To(wide), c[3].To(wide), c[4].To(wide));
        (Tensor runningMean, Tensor runningVariance) = (c[3], c[4]);
        if (training)
        {
            int[] axes = scale.Rank > 1 ? [0] : [0, .. Enumerable.Range(2, input.Rank - 2)];
            (mean, variance) = (input.Mean(axes), input.Var(axes));
            double momentum = c.Float("momentum", 0.9f);
            runningMean = ((c[3].To(wide) * momentum) + (mean * (1 - momentum))).To(c[3].DType);
            runningVariance = ((c[4].To(wide) * momentum) + (variance * (1 - momentum))).To(c[4].DType);
        }

        Tensor factor = scale / (variance + epsilon).Sqrt();
        Tensor y = (((input - PerChannel(mean, input.Rank)) * PerChannel(factor, input.Rank)) + PerChannel(bias, input.Rank)).Reshape(x.Shape.Extents).To(x.DType);
        // Before version 14 what a batch had was given as well.
        return (Tensor[])[y, runningMean, runningVariance, mean.To(c[3].DType), variance.To(c[4].DType)];
    }

    // Instances are groups of one channel. Before version 21 scale and bias were given for each group.
    static Results Grouped(OperatorCall c, int groups, int channelsPerNumber)
    {
        Tensor x = c[0];
        return ActivationOperators.Wide(x, wide =>
        {
            Tensor rows = wide.Reshape(x.Shape[0], groups, x.Shape[1] / groups * new Shape(x.Shape.Extents[2..]).Size);
            Tensor centred = rows - rows.Mean([2], true);
            Tensor variance = (centred * centred).Mean([2], true);
            Tensor normal = (centred / (variance + (double)c.Float("epsilon", 1e-5f)).Sqrt()).Reshape(x.Shape.Extents);
            return (normal * Numbers(c[1], wide, channelsPerNumber)) + Numbers(c[2], wide, channelsPerNumber);
        });
    }

    static Tensor Numbers(Tensor list, Tensor x, int repeat) => PerChannel(repeat == 1 || list.Size == x.Shape[1] ? list.To(x.DType) : list.To(x.DType).Repeat(repeat, 0), x.Rank);

    static Results LayerNormalization(OperatorCall c)
    {
        Tensor x = c[0];
        int axis = OperatorCall.Axis(c.Int("axis", -1), x.Rank);
        var stash = (OnnxDType)c.Int("stash_type", 1);
        Tensor wide = x.DType == DType.Float64 && stash == OnnxDType.Float32 ? x : x.To(stash.Carrier);
        int[] axes = [.. Enumerable.Range(axis, x.Rank - axis)];
        Tensor mean = wide.Mean(axes, true);
        Tensor centred = wide - mean;
        Tensor deviation = ((centred * centred).Mean(axes, true) + (double)c.Float("epsilon", 1e-5f)).Sqrt();
        Tensor y = Scaled(centred / deviation, c[1], c.Maybe(2)).To(x.DType);
        return (Tensor[])[y, mean.To(stash.Carrier), deviation.Reciprocal().To(stash.Carrier)];
    }

    static Results RmsNormalization(OperatorCall c)
    {
        Tensor x = c[0];
        int axis = OperatorCall.Axis(c.Int("axis", -1), x.Rank);
        var stash = (OnnxDType)c.Int("stash_type", 1);
        Tensor wide = x.DType == DType.Float64 && stash == OnnxDType.Float32 ? x : x.To(stash.Carrier);
        int[] axes = [.. Enumerable.Range(axis, x.Rank - axis)];
        Tensor normal = wide / ((wide * wide).Mean(axes, true) + (double)c.Float("epsilon", 1e-5f)).Sqrt();
        return Scaled(normal, c[1], null).To(c[1].DType);
    }

    // Half floats are rounded once, behind the last step.
    static Tensor Scaled(Tensor x, Tensor scale, Tensor? bias)
    {
        Tensor y = x * scale.To(x.DType);
        return bias is null ? y : y + bias.To(x.DType);
    }

    static Results LocalResponse(OperatorCall c)
    {
        int size = HostLimits.Parts(c.Int("size", 1), "the sum of neighbours");
        (double alpha, double beta, double bias) = (c.Float("alpha", 1e-4f), c.Float("beta", 0.75f), c.Float("bias", 1));
        return ActivationOperators.Wide(c, x =>
        {
            int channels = x.Shape[1];
            int before = (size - 1) / 2;
            var (low, high) = (new int[x.Rank], new int[x.Rank]);
            (low[1], high[1]) = (before, size - 1 - before);
            Tensor squares = (x * x).Pad(low, high);
            Tensor sum = Enumerable.Range(0, size).Select(k => squares.Slice(1, k, channels)).Aggregate((a, b) => a + b);
            return x / ((sum * (alpha / size)) + bias).Pow(beta);
        });
    }

    static Results LpNormalization(OperatorCall c)
    {
        int axis = OperatorCall.Axis(c.Int("axis", -1), c[0].Rank);
        return ActivationOperators.Wide(c, x =>
        {
            Tensor norm = c.Int("p", 2) == 1 ? x.Abs().Sum([axis], true) : (x * x).Sum([axis], true).Sqrt();
            return Tensor.Where(norm.EqualTo(0.0), Tensor.ZerosLike(x), x / norm);
        });
    }

    static Results MeanVariance(OperatorCall c)
    {
        int[] axes = c.Ints("axes") ?? [0, 2, 3];
        return ActivationOperators.Wide(c, x =>
        {
            Tensor mean = x.Mean(axes, true);
            Tensor variance = (x * x).Mean(axes, true) - (mean * mean);
            return (x - mean) / (variance.Sqrt() + 1e-9);
        });
    }
}
