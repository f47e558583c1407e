namespace Ashlar.Onnx.Operators;

/// <summary>Linear regression and classification.</summary>
static class LinearModels
{
    public static Results Regress(OperatorCall c) => Scores.Transform(Products(c, c.Int("targets", 1)), c.Text("post_transform", "NONE"));

    public static Results Classify(OperatorCall c)
    {
        int labels = Scores.Classes(c, "classlabels_ints");
        int features = c[0].Shape[^1];
        int rows = c.Attributes.Floats("coefficients")!.Length / features;
        Tensor scores = Products(c, rows);
        string transform = c.Text("post_transform", "NONE");
        if (rows == 1 && labels == 2)
        {
            Tensor place = (scores > 0.0).To(DType.Int64).Reshape(-1);
            Tensor second = transform == "LOGISTIC" ? scores.Sigmoid() : scores;
            Tensor both = transform is "NONE" or "LOGISTIC" ? Tensor.Concat([1.0 - second, second], 1) : Scores.Transform(Tensor.Concat([-scores, scores], 1), transform);
            return new Results(Scores.Labels(c, place, "classlabels_ints"), both);
        }

        return new Results(Scores.Labels(c, scores.ArgMax(1), "classlabels_ints"), Scores.Transform(scores, transform));
    }

    static Tensor Products(OperatorCall c, int rows)
    {
        Tensor x = c[0].To(DType.Float32);
        x = x.Rank == 1 ? x.Unsqueeze(0) : x;
        float[] coefficients = c.Attributes.Floats("coefficients")!;
        Tensor y = x.MatMul(Tensor.From<float>(coefficients, rows, coefficients.Length / rows).T);
        return c.Attributes.Floats("intercepts") is { Length: > 0 } intercepts ? y + Tensor.From<float>(intercepts, intercepts.Length) : y;
    }
}
