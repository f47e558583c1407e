namespace Ashlar.Onnx.Operators;

/// <summary>Support vector machines: kernels against the vectors, one classifier for each pair of classes.</summary>
static class SupportVectors
{
    public static Results Regress(OperatorCall c)
    {
        Tensor x = c[0].To(DType.Float32);
        float[] coefficients = c.Attributes.Floats("coefficients")!;
        int count = c.Int("n_supports", 0);
        Tensor kernel = count > 0 ? Kernel(c, x, Vectors(c, count)) : x;
        Tensor y = kernel.MatMul(Tensor.From<float>(coefficients, coefficients.Length, 1)) + (double)c.Attributes.Floats("rho")![0];
        return c.Flag("one_class") ? Tensor.Where(y > 0.0, Tensor.OnesLike(y), -Tensor.OnesLike(y)) : Scores.Transform(y, c.Text("post_transform", "NONE"));
    }

    public static Results Classify(OperatorCall c)
    {
        Tensor x = c[0].To(DType.Float32);
        x = x.Rank == 1 ? x.Unsqueeze(0) : x;
        int classes = Scores.Classes(c, "classlabels_ints");
        float[] rho = c.Attributes.Floats("rho")!;
        float[] coefficients = c.Attributes.Floats("coefficients")!;
        int[] each = c.Ints("vectors_per_class") ?? [];
        string transform = c.Text("post_transform", "NONE");
        if (each.Length == 0)
        {
            Tensor linear = x.MatMul(Tensor.From<float>(coefficients, classes, coefficients.Length / classes).T) + (double)rho[0];
            return new Results(Scores.Labels(c, linear.ArgMax(1), "classlabels_ints"), Scores.Transform(linear, transform));
        }

        int count = each.Sum();
        Tensor kernel = Kernel(c, x, Vectors(c, count));                                       // [N, vectors]
        var pairs = new List<Tensor>();
        int[] start = [.. Enumerable.Range(0, classes).Select(k => each[..k].Sum())];
        for (int i = 0; i < classes; i++)
        {
            for (int j = i + 1; j < classes; j++)
            {
                Tensor Part(int of, int row) => kernel.Slice(1, start[of], each[of]).MatMul(Tensor.From<float>(coefficients[((row * count) + start[of])..((row * count) + start[of] + each[of])], each[of], 1));
                pairs.Add(Part(i, j - 1) + Part(j, i) + (double)rho[pairs.Count]);
            }
        }

        Tensor decisions = Tensor.Concat([.. pairs], 1);                                       // [N, pairs]
        Tensor votes = Votes(decisions, classes);
        // The class with most votes wins, also where probabilities are shown and another one is more probable.
        Tensor shown = c.Attributes.Floats("prob_a") is { Length: > 0 } a ? PairProbabilities.Combine(decisions, a, c.Attributes.Floats("prob_b")!, classes)
            : classes == 2 ? Tensor.Concat([-decisions, decisions], 1)
            : decisions;
        return new Results(Scores.Labels(c, votes.ArgMax(1), "classlabels_ints"), Scores.Transform(shown, transform));
    }

    static Tensor Votes(Tensor decisions, int classes)
    {
        Tensor won = (decisions > 0.0).To(DType.Float32);
        Tensor[] sums = [.. Enumerable.Range(0, classes).Select(_ => Tensor.Zeros(new Shape(decisions.Shape[0], 1)))];
        int pair = 0;
        for (int i = 0; i < classes; i++)
        {
            for (int j = i + 1; j < classes; j++, pair++)
            {
                Tensor w = won.Slice(1, pair, 1);
                sums[i] += w;
                sums[j] += 1.0 - w;
            }
        }

        return Tensor.Concat(sums, 1);
    }

    static Tensor Vectors(OperatorCall c, int count)
    {
        float[] numbers = c.Attributes.Floats("support_vectors")!;
        return Tensor.From<float>(numbers, count, numbers.Length / count);
    }

    static Tensor Kernel(OperatorCall c, Tensor x, Tensor vectors)
    {
        float[] p = c.Attributes.Floats("kernel_params") is { Length: 3 } given ? given : [0, 0, 0];
        Tensor product = x.MatMul(vectors.T);
        return c.Text("kernel_type", "LINEAR") switch
        {
            "POLY" => ((product * (double)p[0]) + (double)p[1]).Pow(p[2]),
            "SIGMOID" => ((product * (double)p[0]) + (double)p[1]).Tanh(),
            "RBF" => ((x.Unsqueeze(1) - vectors).Square().Sum([-1]) * -(double)p[0]).Exp(),
            _ => product,
        };
    }
}
