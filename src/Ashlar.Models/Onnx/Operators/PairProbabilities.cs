namespace Ashlar.Onnx.Operators;

/// <summary>Probabilities of classes from those of their pairs: Wu, Lin, Weng 2004, algorithm 2.</summary>
static class PairProbabilities
{
    const int MostRounds = 100;

    const double Least = 1e-7;

    /// <param name="decisions">[N, pairs].</param>
    /// <param name="a">Slope of each pair's sigmoid.</param>
    /// <param name="b">Offset of each pair's sigmoid.</param>
    /// <param name="classes">Number of classes.</param>
    public static Tensor Combine(Tensor decisions, float[] a, float[] b, int classes)
    {
        Tensor sigmoid = (-((decisions * Tensor.From<float>(a, a.Length)) + Tensor.From<float>(b, b.Length))).Sigmoid().Clip(Least, 1 - Least);
        double[] pairs = sigmoid.To(DType.Float64).ToArray<double>();
        int rows = decisions.Shape[0];
        var results = new double[rows * classes];
        var r = new double[classes, classes];
        for (int row = 0; row < rows; row++)
        {
            int pair = row * a.Length;
            for (int i = 0; i < classes; i++)
            {
                for (int j = i + 1; j < classes; j++, pair++)
                {
                    (r[i, j], r[j, i]) = (pairs[pair], 1 - pairs[pair]);
                }
            }

            Solve(r, classes).CopyTo(results, row * classes);
        }

        return Tensor.From<double>(results, rows, classes).To(DType.Float32);
    }

    static double[] Solve(double[,] r, int k)
    {
        var q = new double[k, k];
        double[] p = [.. Enumerable.Repeat(1.0 / k, k)];
        for (int t = 0; t < k; t++)
        {
            for (int j = 0; j < k; j++)
            {
                q[t, j] = j == t ? q[t, j] : -r[j, t] * r[t, j];
            }
        }

        for (int t = 0; t < k; t++)
        {
            q[t, t] = Enumerable.Range(0, k).Where(j => j != t).Sum(j => r[j, t] * r[j, t]);
        }

        for (int round = 0; round < Math.Max(MostRounds, k); round++)
        {
            double[] qp = [.. Enumerable.Range(0, k).Select(t => Enumerable.Range(0, k).Sum(j => q[t, j] * p[j]))];
            double pqp = Enumerable.Range(0, k).Sum(t => p[t] * qp[t]);
            if (qp.Max(value => Math.Abs(value - pqp)) < 0.005 / k)
            {
                break;
            }

            for (int t = 0; t < k; t++)
            {
                double step = (pqp - qp[t]) / q[t, t];
                p[t] += step;
                pqp = (pqp + (step * ((step * q[t, t]) + (2 * qp[t])))) / (1 + step) / (1 + step);
                for (int j = 0; j < k; j++)
                {
                    qp[j] = (qp[j] + (step * q[t, j])) / (1 + step);
                    p[j] /= 1 + step;
                }
            }
        }

        return p;
    }
}
