namespace Ashlar.Onnx.Operators;

/// <summary>Every operator that a model may use.</summary>
static class OperatorTable
{
    /// <summary>The domain of classical learning.</summary>
    public const string Ml = "ai.onnx.ml";

    /// <summary>All rows, by family.</summary>
    public static IReadOnlyList<(string Family, Operator[] Operators)> Families { get; } =
    [
        ("elementwise", ElementwiseOperators.All),
        ("activations", ActivationOperators.All),
        ("casts", CastOperators.All),
        ("reductions", ReductionOperators.All),
        ("shapes", ShapeOperators.All),
        ("joins and cuts", JoinOperators.All),
        ("creation", CreationOperators.All),
        ("random", RandomOperators.All),
        ("indexing", IndexingOperators.All),
        ("products", ProductOperators.All),
        ("convolutions", ConvolutionOperators.All),
        ("pooling", PoolingOperators.All),
        ("normalisation", NormalizationOperators.All),
        ("attention", AttentionOperators.All),
        ("losses", LossOperators.All),
        ("quantisation", QuantizationOperators.All),
        ("resize", ResizeOperators.All),
        ("sampling", SamplingOperators.All),
        ("signals", SignalOperators.All),
        ("recurrent", RecurrentOperators.All),
        ("control flow", ControlOperators.All),
        ("sequences", SequenceOperators.All),
        ("text", TextOperators.All),
        ("pictures", ImageOperators.All),
        ("training", TrainingOperators.All),
        ("classical learning", MlOperators.All),
    ];

    static readonly Dictionary<(string Domain, string Name), Operator[]> Rows = Families
        .SelectMany(family => family.Operators)
        .GroupBy(row => (row.Domain, row.Name))
        .ToDictionary(rows => rows.Key, rows => rows.OrderByDescending(row => row.Since).ToArray());

    /// <summary>The row that serves a version, or null.</summary>
    public static Operator? Find(string domain, string name, long opset) =>
        Rows.GetValueOrDefault((domain == "ai.onnx" ? "" : domain, name))?.FirstOrDefault(row => row.Since <= opset);
}
