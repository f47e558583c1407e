using Ashlar.Metrics;
using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Metrics;

public sealed class MetricTests
{
    [Fact]
    public void An_ignored_label_is_left_out()
    {
        Tensor logits = Tensor.From([2f, 0, 0, 2, 2, 0], 3, 2);
        Tensor target = Tensor.From([0, 0, -100], 3);
        Assert.Equal(0.5, Measured(new Accuracy(ignore: -100), logits, target));
        Assert.Equal(0.5, Measured(new ConfusionMatrix(2, ignore: -100), logits, target));
        Assert.Equal(Measured(new LogLoss(), logits.Slice(0, 0, 2), target.Slice(0, 0, 2)), Measured(new LogLoss(ignore: -100), logits, target));
        Assert.Equal(Measured(new Perplexity(), logits.Slice(0, 0, 2), target.Slice(0, 0, 2)), Measured(new Perplexity(ignore: -100), logits, target));
    }

    [Fact]
    public void Every_position_of_a_picture_counts()
    {
        // [1, 2, 1, 3]: the second class wins at the last position.
        Tensor scores = Tensor.From([1f, 1, 0, 0, 0, 1], 1, 2, 1, 3);
        Tensor target = Tensor.From([0, 1, 1], 1, 1, 3);
        Assert.Equal(2.0 / 3, Measured(new Accuracy(), scores, target));
        double loss = Measured(new LogLoss(), scores, target);
        Assert.Equal(Loss.CrossEntropy(scores.To(DType.Float64), target).Item<double>(), loss, 12);
    }

    [Fact]
    public void A_logit_of_yes_gives_the_loss_of_binary_cross_entropy()
    {
        Tensor logits = Tensor.From([-40.0, 0.5, 3, 800], 4);
        Tensor target = Tensor.From([1, 0, 1, 1], 4);
        Assert.Equal(Loss.BinaryCrossEntropyWithLogits(logits, target.To(DType.Float64)).Item<double>(), Measured(new LogLoss(), logits, target), 12);
    }

    [Fact]
    public void A_score_that_is_no_number_gives_none()
    {
        Tensor target = Tensor.From([1, 0], 2);
        Assert.Equal(double.NaN, Measured(new RocAuc(), Tensor.From([float.NaN, 0], 2), target));
        Assert.Equal(0, Measured(new TopKAccuracy(1), Tensor.From([0, float.NaN, 1, 0], 2, 2), Tensor.From([1, 1], 2)));
    }

    [Fact]
    public void Of_one_class_alone_there_is_no_order() => Assert.Equal(double.NaN, Measured(new RocAuc(), Tensor.From([1f, 0], 2), Tensor.From([1, 1], 2)));

    [Fact]
    public void A_mean_has_weights()
    {
        var mean = new Mean();
        mean.Update(3, 2);
        mean.Update(Tensor.From([0f, 6], 2), Tensor.From([1f, 1], 2));
        Assert.Equal(3, mean.Value);
    }

    [Fact]
    public void R2_needs_a_target_that_varies()
    {
        Tensor same = Tensor.From([2f, 2], 2);
        Assert.Equal(1, Measured(new R2(), same, same));
        Assert.Equal(0, Measured(new R2(), same + 1, same));
        Assert.Equal(double.NaN, Measured(new R2(), same.Slice(0, 0, 1), same.Slice(0, 0, 1)));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Tensor scores = Tensor.Zeros(new Shape(4, 3));
        Assert.Equal(
            "Accuracy: the predictions are [4, 3] and the target is [5]. Pass scores [N, C, …] of two or more classes for labels [N, …], or both in one shape.",
            Assert.Throws<ShapeException>(() => new Accuracy().Update(scores, Tensor.From([0, 1, 2, 0, 1], 5))).Message);
        Assert.Equal(
            "ConfusionMatrix: a true label is 3 and there are 3 classes. Labels are 0 to 2; say how many classes there are, or which label to ignore.",
            Assert.Throws<ArgumentException>(() => new F1(3).Update(scores, Tensor.From([0, 1, 2, 3], 4))).Message);
        Assert.Equal(
            "MeanSquaredError: the predictions are [4, 3] and the target is [4]. Pass both in one shape.",
            Assert.Throws<ShapeException>(() => new MeanSquaredError().Update(scores, scores.Sum([1]))).Message);
        Assert.Equal(
            "RocAuc: the predictions are [4, 3] and the target is [4]. Pass scores of yes and labels in one shape, or say how many classes there are.",
            Assert.Throws<ShapeException>(() => new RocAuc().Update(scores, Tensor.From([0, 1, 0, 1], 4))).Message);
        Assert.Equal(
            "TopKAccuracy: a true label is -1 and there are 3 classes. Labels are 0 to 2; say how many classes there are, or which label to ignore.",
            Assert.Throws<ArgumentException>(() => new TopKAccuracy(2).Update(scores, Tensor.From([0, 1, 2, -1], 4))).Message);
        Assert.Equal(
            "Perplexity: the predictions are [4, 3] and the target is [4, 2]. Pass logits [N, …, C] and labels [N, …].",
            Assert.Throws<ShapeException>(() => new Perplexity().Update(scores, Tensor.Zeros(new Shape(4, 2), DType.Int32))).Message);
        Assert.Equal(
            "R2: the target is [4, 3] and there are 1 outputs. Pass [N, 1], or say how many outputs there are.",
            Assert.Throws<ShapeException>(() => new R2().Update(scores, scores)).Message);
        Assert.StartsWith("F1: binary averaging is for two classes, and there are 3.", Assert.Throws<ArgumentException>(() => new F1(3, Averaging.Binary)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_with_a_wrong_label_changes_nothing()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Throws<ArgumentException>(() => matrix.Update(Tensor.From([0, 0], 2), Tensor.From([0, 7], 2)));
        Assert.Equal(0, matrix[0, 0]);
    }

    [Fact]
    public void A_state_of_another_metric_is_refused()
    {
        StateException error = Assert.Throws<StateException>(() => new ConfusionMatrix(3).Load(new ConfusionMatrix(2).StateTensors()));
        Assert.Equal("ConfusionMatrix.Load: the state does not fit: 'counts' is int64[2, 2], wanted int64[3, 3]. Nothing was changed. Load what a metric of the same kind and settings saved.", error.Message);
        Assert.StartsWith("RocAuc.Load: the state does not fit: 'scores' and 'labels' are not", Assert.Throws<StateException>(() => new RocAuc().Load(new Mean().StateTensors())).Message, StringComparison.Ordinal);
    }

    static double Measured(Metric metric, Tensor predictions, Tensor target)
    {
        metric.Update(predictions, target);
        return metric.Value;
    }
}
