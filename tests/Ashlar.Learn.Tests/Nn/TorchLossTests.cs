using System.Text.Json;
using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class TorchLossTests : ReferenceScope
{
    static readonly Tensor Labels = Tensor.From([2, 0, 4, 1], 4);
    static readonly Tensor Plane = Tensor.From([2L, 0, 4, 1, -100, 3], 2, 3);
    static readonly Tensor Weight = Tensor.From([0.5f, 1, 2, 0.25f, 1.5f], 5);

    static readonly Tensor Transcript = Tensor.From([1, 1, 2, 3, 2, 2, 2, 0, 0], 3, 3);
    static readonly Tensor LabelLengths = Tensor.From([3, 3, 1], 3);

    static readonly Dictionary<string, Func<Tensor[], Tensor>> Losses = new()
    {
        ["cross entropy, weights"] = x => Loss.CrossEntropy(x[0], Labels, weight: Weight),
        ["cross entropy, weights, smoothing"] = x => Loss.CrossEntropy(x[0], Labels, 0.25, Weight),
        ["cross entropy, sum"] = x => Loss.CrossEntropy(x[0], Labels, weight: Weight, reduction: Reduction.Sum),
        ["cross entropy, none"] = x => Loss.CrossEntropy(x[0], Labels, 0.125, Weight, reduction: Reduction.None),
        ["cross entropy, ignored"] = x => Loss.CrossEntropy(x[0], Tensor.From([2, 1, 4, 1], 4), ignore: 1),
        ["cross entropy, all"] = x => Loss.CrossEntropy(x[0], Plane, 0.25, Weight, ignore: -100),
        ["cross entropy, plane, none"] = x => Loss.CrossEntropy(x[0], Plane, weight: Weight, ignore: -100, reduction: Reduction.None),
        ["cross entropy, probabilities"] = x => Loss.CrossEntropy(x[0], x[1]),
        ["cross entropy, probabilities, all"] = x => Loss.CrossEntropy(x[0], x[1], 0.25, Weight),
        ["cross entropy, one"] = x => Loss.CrossEntropy(x[0], Tensor.From([3])),
        ["nll"] = x => Loss.NegativeLogLikelihood(x[0], Labels),
        ["nll, all"] = x => Loss.NegativeLogLikelihood(x[0], Plane, Weight, ignore: -100),
        ["mse, sum"] = x => Loss.MeanSquaredError(x[0], x[1], Reduction.Sum),
        ["l1"] = x => Loss.L1(x[0], x[1]),
        ["smooth l1"] = x => Loss.SmoothL1(x[0], x[1]),
        ["smooth l1, beta"] = x => Loss.SmoothL1(x[0], x[1], 0.5, Reduction.None),
        ["huber"] = x => Loss.Huber(x[0], x[1], 0.75),
        ["poisson"] = x => Loss.PoissonNegativeLogLikelihood(x[0], x[1]),
        ["poisson, full"] = x => Loss.PoissonNegativeLogLikelihood(x[0], x[1], logInput: false, full: true),
        ["gaussian"] = x => Loss.GaussianNegativeLogLikelihood(x[0], x[1], x[2]),
        ["gaussian, full"] = x => Loss.GaussianNegativeLogLikelihood(x[0], x[1], x[2], full: true, reduction: Reduction.Sum),
        ["bce"] = x => Loss.BinaryCrossEntropy(x[0], x[1]),
        ["bce, weight"] = x => Loss.BinaryCrossEntropy(x[0], x[1], x[2], Reduction.Sum),
        ["bce with logits"] = x => Loss.BinaryCrossEntropyWithLogits(x[0], x[1]),
        ["bce with logits, all"] = x => Loss.BinaryCrossEntropyWithLogits(x[0], x[1], positiveWeight: x[3], weight: x[2]),
        ["kl"] = x => Loss.KLDivergence(x[0], x[1]),
        ["kl, log target, mean"] = x => Loss.KLDivergence(x[0], x[1], logTarget: true, Reduction.Mean),
        ["hinge"] = x => Loss.Hinge(x[0], x[1]),
        ["hinge embedding"] = x => Loss.HingeEmbedding(x[0], x[1], 1.5),
        ["soft margin"] = x => Loss.SoftMargin(x[0], x[1]),
        ["multi margin"] = x => Loss.MultiMargin(x[0], Labels),
        ["multi margin, all"] = x => Loss.MultiMargin(x[0], Labels, 2, 0.75, Weight, Reduction.Sum),
        ["multi label margin"] = x => Loss.MultiLabelMargin(x[0], x[1]),
        ["multi label soft margin"] = x => Loss.MultiLabelSoftMargin(x[0], x[1], Weight),
        ["margin ranking"] = x => Loss.MarginRanking(x[0], x[1], x[2], 0.5),
        ["cosine embedding"] = x => Loss.CosineEmbedding(x[0], x[1], x[2], 0.1),
        ["ctc"] = x => Speech(x[0]),
        ["ctc, none"] = x => Speech(x[0], reduction: Reduction.None),
        ["ctc, blank, sum"] = x => Loss.CTC(Functional.LogSoftmax(x[0], 2), Tensor.Maximum(Transcript - 1, 0), labelLengths: LabelLengths, blank: 4, reduction: Reduction.Sum),
        ["ctc, lengths"] = x => Speech(x[0], Tensor.From([7, 4, 5], 3)),
        ["ctc, impossible"] = x => Speech(x[0], Tensor.From([7, 3, 2], 3), zeroInfinity: true, reduction: Reduction.None),
        ["triplet"] = x => Loss.TripletMargin(x[0], x[1], x[2]),
        ["triplet, swap"] = x => Loss.TripletMargin(x[0], x[1], x[2], 2, swap: true, reduction: Reduction.None),
    };

    static Tensor Speech(Tensor logits, Tensor? lengths = null, bool zeroInfinity = false, Reduction reduction = Reduction.Mean) =>
        Loss.CTC(Functional.LogSoftmax(logits, 2), Transcript, lengths, LabelLengths, zeroInfinity: zeroInfinity, reduction: reduction);

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Fact]
    public void Every_recorded_loss_is_compared() =>
        Assert.Equal(TorchVectors.Kind("losses", "torch_training").EnumerateObject().Select(record => record.Name).Order(StringComparer.Ordinal), Losses.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void A_loss_has_PyTorchs_value_and_gradients(string name)
    {
        JsonElement record = TorchVectors.Of("losses", name, "torch_training");
        Tensor[] inputs = [.. record.GetProperty("inputs").EnumerateArray().Select(input => input.Tensor())];

        (_, Tensor[] gradients) = Transform.ValueAndGradient((Tensor[] x) => Losses[name](x).Sum())(inputs);

        TorchVectors.AssertClose(record.GetProperty("value"), Losses[name](inputs));
        int i = 0;
        foreach (JsonElement gradient in record.GetProperty("gradients").EnumerateArray())
        {
            TorchVectors.AssertClose(gradient, gradients[i++]);
        }
    }

    [Fact]
    public void A_sequence_too_short_for_its_labels_costs_infinitely_much_and_gives_no_gradient()
    {
        // Two equal labels need a blank between them: three steps.
        (Tensor value, Tensor gradient) = Transform.ValueAndGradient((Tensor x) => Loss.CTC(x, Tensor.From([1, 1], 1, 2)))(Tensor.Zeros(new Shape(2, 1, 3)));
        Assert.Equal(float.PositiveInfinity, value.Item<float>());
        Assert.Equal(new float[6], gradient.ToArray<float>());
    }

    [Fact]
    public void No_labels_are_blanks_all_along()
    {
        Tensor logs = Tensor.From([0.5f, 0.5f, 0.25f, 0.75f], 2, 1, 2).Log();
        Assert.Equal(-MathF.Log(0.125f), Loss.CTC(logs, Tensor.From([1, 1], 1, 2), labelLengths: Tensor.From([0], 1)).Item<float>(), 1e-6f);
        Assert.Equal(-MathF.Log(0.125f), Loss.CTC(logs, Tensor.Zeros(new Shape(1, 0), DType.Int32)).Item<float>(), 1e-6f);
    }

    [Fact]
    public void Every_alignment_is_counted()
    {
        // Of 4 steps over blank, a and b the alignments of "ab", by enumeration.
        Tensor logs = Functional.LogSoftmax(Tensor.RandomUniform(RandomKey.FromSeed(3), new Shape(4, 1, 3), -1, 1).To(DType.Float64), 2);
        double[] p = logs.Exp().ToArray<double>();
        double sum = 0;
        for (int path = 0; path < 81; path++)
        {
            int[] steps = [path / 27, path / 9 % 3, path / 3 % 3, path % 3];
            int[] labels = [.. steps.Where((label, t) => label != 0 && (t == 0 || steps[t - 1] != label))];
            sum += labels is [1, 2] ? p[steps[0]] * p[3 + steps[1]] * p[6 + steps[2]] * p[9 + steps[3]] : 0;
        }

        Assert.Equal(sum, Math.Exp(-Loss.CTC(logs, Tensor.From([1, 2], 1, 2), reduction: Reduction.Sum).Item<double>()), 1e-14);
        GradientCheck.Run(x => Loss.CTC(x, Tensor.From([1, 2], 1, 2)), logs).ThrowIfWrong();
    }

    [Fact]
    public void All_positions_left_out_have_no_mean() =>
        Assert.True(float.IsNaN(Loss.CrossEntropy(Tensor.Zeros(new Shape(2, 3)), Tensor.From([-1, -1], 2), ignore: -1).Item<float>()));

    [Fact]
    public void A_certain_mistake_costs_a_hundred_nats() =>
        Assert.Equal([100f, 0f], Loss.BinaryCrossEntropy(Tensor.From([0f, 1f], 2), Tensor.From([1f, 1f], 2), reduction: Reduction.None).ToArray<float>());

    [Fact]
    public void Logits_far_out_keep_a_finite_loss_and_gradient()
    {
        (Tensor value, Tensor gradient) = Transform.ValueAndGradient((Tensor z) => Loss.BinaryCrossEntropyWithLogits(z, Tensor.From([0f, 1f], 2), reduction: Reduction.Sum))(Tensor.From([1000f, -1000f], 2));
        Assert.Equal(2000f, value.Item<float>());
        Assert.Equal([1f, -1f], gradient.ToArray<float>());
    }

    [Fact]
    public void A_divergence_of_what_never_happens_is_nothing() =>
        Assert.Equal(0.6931472f, Loss.KLDivergence(Tensor.From([0.5f, 0.5f], 1, 2).Log(), Tensor.From([1f, 0f], 1, 2)).Item<float>(), 1e-7f);

    public static TheoryData<string, string> Mistakes => new()
    {
        { "weight", "CrossEntropy: the weight is [2], the logits [2, 3] have 3 classes. Give one weight for each class, [3]." },
        { "nll", "NegativeLogLikelihood: log-probabilities [2, 3] and target [3] do not fit. Give [B, C, …] and classes [B, …]." },
        { "ctc", "CTC: log-probabilities [2, 3, 4], labels [2, 2], lengths [3] and label lengths [3] do not fit. Give [T, N, C] with T ≥ 1, labels [N, S] and lengths [N]." },
        { "ctc label", "CTC: label 4 of sequence 1 is no class of 0 … 3 or the blank 0. Check the labels against the outputs of the last layer. (Parameter 'labels')" },
        { "ctc length", "CTC: length 3 of sequence 1 lies outside 1 … 2. Give the steps of each sequence. (Parameter 'lengths')" },
        { "ctc classes", "CTC: the blank 4 lies outside 0 … 3. Give the class that stands for no label. (Parameter 'blank')" },
        { "ranking", "MarginRanking: first [2] and second [3] differ. Reshape one to the other's shape." },
        { "integer", "L1: the prediction is int32, which has no gradient. Cast it to float32." },
        { "beta", "SmoothL1: β is -1. Give 0 or more. (Parameter 'beta')" },
        { "delta", "Huber: δ is 0. Give a positive number. (Parameter 'delta')" },
        { "power", "MultiMargin: the power is 3. Give 1 or 2. (Parameter 'power')" },
        { "scores", "MultiMargin: the scores are [2, 3, 4]. Give [B, C] and classes [B]." },
        { "labels", "MultiLabelMargin: the scores are [3]. Give [B, C]." },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told(string mistake, string message)
    {
        Tensor a = Tensor.Zeros(new Shape(2, 3));
        Action act = mistake switch
        {
            "weight" => () => Loss.CrossEntropy(a, Tensor.From([0, 1], 2), weight: Tensor.Zeros(new Shape(2))),
            "nll" => () => Loss.NegativeLogLikelihood(a, Tensor.From([0, 1, 2], 3)),
            "ctc" => () => Loss.CTC(Tensor.Zeros(new Shape(2, 3, 4)), Tensor.From([1, 2, 3, 1], 2, 2), labelLengths: Tensor.From([1, 1, 1], 3)),
            "ctc label" => () => Loss.CTC(Tensor.Zeros(new Shape(5, 2, 4)), Tensor.From([1, 2, 3, 4], 2, 2)),
            "ctc length" => () => Loss.CTC(Tensor.Zeros(new Shape(2, 2, 4)), Tensor.From([1, 2], 2, 1), Tensor.From([2, 3], 2)),
            "ctc classes" => () => Loss.CTC(Tensor.Zeros(new Shape(2, 2, 4)), Tensor.From([1, 2], 2, 1), blank: 4),
            "ranking" => () => Loss.MarginRanking(Tensor.Zeros(new Shape(2)), Tensor.Zeros(new Shape(3)), Tensor.Zeros(new Shape(2))),
            "integer" => () => Loss.L1(Tensor.Arange(2), Tensor.Arange(2)),
            "beta" => () => Loss.SmoothL1(a, a, -1),
            "delta" => () => Loss.Huber(a, a, 0),
            "power" => () => Loss.MultiMargin(a, Tensor.From([0, 1], 2), power: 3),
            "scores" => () => Loss.MultiMargin(Tensor.Zeros(new Shape(2, 3, 4)), Tensor.Zeros(new Shape(2, 4), DType.Int32)),
            _ => () => Loss.MultiLabelMargin(Tensor.Zeros(new Shape(3)), Tensor.Zeros(new Shape(3))),
        };
        Assert.Equal(message, Assert.ThrowsAny<Exception>(act).Message);
    }
}
