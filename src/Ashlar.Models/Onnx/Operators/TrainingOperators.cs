using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Steps of optimizers, as the preview domain of training defines them.</summary>
static class TrainingOperators
{
    const string Preview = "ai.onnx.preview.training";

    public static Operator[] All { get; } =
    [
        new("Adagrad", 1, c => Each(c, 3, Adagrad)) { Domain = Preview },
        new("Adam", 1, c => Each(c, 4, Adam)) { Domain = Preview },
        new("Gradient", 1, Gradient) { Domain = Preview },
        new("Momentum", 1, c => Each(c, 3, Momentum)) { Domain = Preview },
    ];

    // The body computes y from the node's inputs; what is not scalar is summed.
    static Results Gradient(OperatorCall c)
    {
        ISubgraph body = c.Body("");
        int count = c.Attributes.Texts("xs")!.Length;
        Tensor[] inputs = [.. Enumerable.Range(0, c.Inputs).Select(i => c[i])];
        return Transform.Gradient(x => ((OnnxTensor)body.Run([.. x.Select(value => (OnnxValue)value)])[0]).Tensor.Sum(), [.. Enumerable.Range(0, count)])(inputs);
    }

    // Inputs are rate, step count, then all values, all gradients, all states; outputs all new values, then all new states.
    static Results Each(OperatorCall c, int kinds, Func<OperatorCall, Tensor[], Tensor[]> update)
    {
        int count = (c.Inputs - 2) / kinds;
        Tensor[][] results = [.. Enumerable.Range(0, count).Select(i => update(c, [.. Enumerable.Range(0, kinds).Select(k => c[2 + (k * count) + i])]))];
        return (Tensor[])[.. from k in Enumerable.Range(0, results[0].Length) from row in results select row[k]];
    }

    static Tensor[] Adagrad(OperatorCall c, Tensor[] x)
    {
        (Tensor value, Tensor gradient, Tensor squares) = (x[0], x[1], x[2]);
        Tensor rate = c[0] / (1.0 + (c[1].To(value.DType) * (double)c.Float("decay_factor", 0)));
        gradient += value * (double)c.Float("norm_coefficient", 0);
        squares += gradient * gradient;
        return [value - (rate * gradient / (squares.Sqrt() + (double)c.Float("epsilon", 0))), squares];
    }

    static Tensor[] Adam(OperatorCall c, Tensor[] x)
    {
        (Tensor value, Tensor gradient, Tensor mean, Tensor squares) = (x[0], x[1], x[2], x[3]);
        (double alpha, double beta) = (c.Float("alpha", 0.9f), c.Float("beta", 0.999f));
        gradient += value * (double)c.Float("norm_coefficient", 0);
        mean = (mean * alpha) + (gradient * (1 - alpha));
        squares = (squares * beta) + (gradient * gradient * (1 - beta));
        Tensor rate = c[0];
        if (c.Longs(1)[0] is > 0 and var steps)
        {
            Tensor t = Tensor.Scalar(steps, value.DType);
            rate *= (1.0 - Tensor.Scalar(beta, value.DType).Pow(t)).Sqrt() / (1.0 - Tensor.Scalar(alpha, value.DType).Pow(t));
        }

        Tensor next = value - (rate * mean / (squares.Sqrt() + (double)c.Float("epsilon", 0)));
        return [next * (1.0 - c.Float("norm_coefficient_post", 0)), mean, squares];
    }

    static Tensor[] Momentum(OperatorCall c, Tensor[] x)
    {
        (Tensor value, Tensor gradient, Tensor velocity) = (x[0], x[1], x[2]);
        (double alpha, double beta) = (c.Float("alpha", 0), c.Float("beta", 0));
        gradient += value * (double)c.Float("norm_coefficient", 0);
        velocity = (velocity * alpha) + (gradient * (c.Longs(1)[0] > 0 ? beta : 1));
        Tensor move = c.Text("mode", "standard") == "nesterov" ? gradient + (velocity * alpha) : velocity;
        return [value - (c[0] * move), velocity];
    }
}
