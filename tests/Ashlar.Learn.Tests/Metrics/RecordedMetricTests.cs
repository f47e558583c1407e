using System.Text.Json;
using Ashlar.Metrics;
using Ashlar.Schedule;

namespace Ashlar.Learn.Tests.Metrics;

/// <summary>Against scikit-learn (tools/vectors/metrics.py), and what holds for every metric of that table.</summary>
public sealed class RecordedMetricTests
{
    // Both sides compute in float64 from the same inputs; sums are added in another order.
    const double Tolerance = 1e-12;

    static readonly Dictionary<string, (Func<Metric> Make, string Kind, string Value)> Table = new(StringComparer.Ordinal)
    {
        ["accuracy"] = (() => new Accuracy(), "classes", "accuracy"),
        ["top 2"] = (() => new TopKAccuracy(2), "classes", "top 2"),
        ["top 3"] = (() => new TopKAccuracy(3), "classes", "top 3"),
        ["confusion"] = (() => new ConfusionMatrix(5), "classes", "accuracy"),
        ["log loss"] = (() => new LogLoss(), "classes", "log loss"),
        ["perplexity"] = (() => new Perplexity(), "classes", "perplexity"),
        ["precision micro"] = (() => new Precision(5, Averaging.Micro), "classes", "precision.micro"),
        ["precision macro"] = (() => new Precision(5), "classes", "precision.macro"),
        ["precision weighted"] = (() => new Precision(5, Averaging.Weighted), "classes", "precision.weighted"),
        ["recall micro"] = (() => new Recall(5, Averaging.Micro), "classes", "recall.micro"),
        ["recall macro"] = (() => new Recall(5), "classes", "recall.macro"),
        ["recall weighted"] = (() => new Recall(5, Averaging.Weighted), "classes", "recall.weighted"),
        ["F1 micro"] = (() => new F1(5, Averaging.Micro), "classes", "f1.micro"),
        ["F1 macro"] = (() => new F1(5), "classes", "f1.macro"),
        ["F1 weighted"] = (() => new F1(5, Averaging.Weighted), "classes", "f1.weighted"),
        ["AUC of several"] = (() => new RocAuc(3), "several", "auc"),
        ["average precision of several"] = (() => new AveragePrecision(3), "several", "average precision"),
        ["binary accuracy"] = (() => new Accuracy(), "binary", "accuracy"),
        ["binary precision"] = (() => new Precision(), "binary", "precision"),
        ["binary recall"] = (() => new Recall(), "binary", "recall"),
        ["binary F1"] = (() => new F1(), "binary", "f1"),
        ["AUC"] = (() => new RocAuc(), "binary", "auc"),
        ["average precision"] = (() => new AveragePrecision(), "binary", "average precision"),
        ["binary log loss"] = (() => new LogLoss(probabilities: true), "binary", "log loss"),
        ["mean squared error"] = (() => new MeanSquaredError(), "regression", "mse"),
        ["root mean squared error"] = (() => new RootMeanSquaredError(), "regression", "rmse"),
        ["mean absolute error"] = (() => new MeanAbsoluteError(), "regression", "mae"),
        ["mean absolute percentage error"] = (() => new MeanAbsolutePercentageError(), "regression", "mape"),
        ["R2"] = (() => new R2(2), "regression", "r2"),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_value_is_that_of_scikit_learn(string name)
    {
        (Func<Metric> make, string kind, string value) = Table[name];
        JsonElement expected = TorchVectors.Kind(kind, "metrics");
        foreach (string part in value.Split('.'))
        {
            expected = expected.GetProperty(part);
        }

        Metric metric = Fed(make(), kind, 0, 60, 60);
        Assert.InRange(metric.Value, expected.GetDouble() - Tolerance, expected.GetDouble() + Tolerance);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_value_depends_on_neither_batches_nor_threads(string name)
    {
        (Func<Metric> make, string kind, _) = Table[name];
        double whole = Fed(make(), kind, 0, 60, 60).Value;
        Assert.Equal(whole, Fed(make(), kind, 0, 60, 7).Value);
        using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = 1 });
        Assert.Equal(whole, Fed(make(), kind, 0, 60, 13).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_saved_metric_goes_on_in_the_middle(string name)
    {
        (Func<Metric> make, string kind, _) = Table[name];
        Metric saved = Fed(make(), kind, 0, 23, 10);
        Metric resumed = Fed(make(), kind, 40, 60, 20);
        resumed.Load(saved.StateTensors());
        Assert.Equal(saved.Value, resumed.Value);
        Assert.Equal(Fed(make(), kind, 0, 60, 60).Value, Fed(resumed, kind, 23, 60, 9).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void Merged_metrics_have_seen_all(string name)
    {
        (Func<Metric> make, string kind, _) = Table[name];
        Metric first = Fed(make(), kind, 0, 25, 10);
        first.Merge(Fed(make(), kind, 25, 60, 60));

        // Two sums are added, so float64 sums round once more.
        Assert.Equal(Fed(make(), kind, 0, 60, 60).Value, first.Value, 12);
        Assert.StartsWith($"{(first is ClassScore ? "ConfusionMatrix" : first.GetType().Name)}.Merge: the other is a Mean", Assert.Throws<ArgumentException>(() => first.Merge(new Mean())).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_reset_metric_is_as_new(string name)
    {
        (Func<Metric> make, string kind, _) = Table[name];
        Metric metric = Fed(make(), kind, 0, 25, 10);
        metric.Reset();
        Assert.Equal(double.NaN, metric.Value);
        Assert.Equal(Fed(make(), kind, 10, 60, 60).Value, Fed(metric, kind, 10, 60, 60).Value);
    }

    [Fact]
    public void The_confusion_matrix_is_that_of_scikit_learn()
    {
        var matrix = (ConfusionMatrix)Fed(new ConfusionMatrix(5), "classes", 0, 60, 60);
        JsonElement expected = TorchVectors.Of("classes", "confusion", "metrics");
        Assert.Equal(expected.Tensor().ToArray<float>(), matrix.Counts.To(DType.Float32).ToArray<float>());
        Assert.Equal(matrix.Counts.ToArray<long>()[7], matrix[1, 2]);
    }

    [Fact]
    public void The_score_of_each_class_is_that_of_scikit_learn()
    {
        var precision = (Precision)Fed(new Precision(5), "classes", 0, 60, 60);
        double[] expected = [.. TorchVectors.Of("classes", "precision of classes", "metrics").GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(expected, precision.PerClass);
    }

    static Metric Fed(Metric metric, string kind, int from, int to, int batch)
    {
        JsonElement values = TorchVectors.Kind(kind, "metrics");
        Tensor predictions = values.GetProperty(kind == "regression" ? "predictions" : "scores").Doubles();
        Tensor target = values.GetProperty("target").Doubles();
        for (int i = from; i < to; i += batch)
        {
            int count = Math.Min(batch, to - i);
            Tensor y = target.Slice(0, i, count);
            metric.Update(predictions.Slice(0, i, count), kind == "regression" ? y : y.To(DType.Int32));
        }

        return metric;
    }
}
