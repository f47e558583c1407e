using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>Softmax, normalisation and cross-entropy, forward and with their gradients.</summary>
static class Norms
{
    static readonly Target Both = new(1.4, 1.4);

    public static IEnumerable<Row> Rows()
    {
        foreach ((int rows, int columns) in ((int, int)[])[(64, 512), (4096, 1024)])
        {
            string size = $"{rows}x{columns}";
            yield return new("softmax", size, Both)
            {
                Peer = "norms.softmax",
                Inputs = [Input.Normal(rows, columns)],
                Product = Row.Of(x => Functional.Softmax(x[0])),
            };
            yield return new("softmax, gradient", size, Both)
            {
                Peer = "norms.softmax_gradient",
                Inputs = [Input.Normal(rows, columns), Input.Normal(rows, columns)],
                Product = Row.WithGradients(1, x => Functional.Softmax(x[0])),
            };
            yield return new("layer norm", size, Both)
            {
                Peer = "norms.layer_norm",
                Inputs = [Input.Normal(rows, columns), Input.Normal(columns), Input.Normal(columns)],
                Product = Row.Of(x => Functional.LayerNorm(x[0], new Shape(columns), x[1], x[2])),
            };
            yield return new("layer norm, gradients", size, Both)
            {
                Peer = "norms.layer_norm_gradients",
                Inputs = [Input.Normal(rows, columns), Input.Normal(columns), Input.Normal(columns), Input.Normal(rows, columns)],
                Product = Row.WithGradients(3, x => Functional.LayerNorm(x[0], new Shape(columns), x[1], x[2])),
                Bound = 1e-5,
            };
        }

        foreach ((int rows, int classes) in ((int, int)[])[(64, 10), (64, 1000), (256, 32000)])
        {
            yield return new("cross-entropy, gradient", $"{rows}x{classes}", Both)
            {
                Peer = "norms.cross_entropy",
                Inputs = [Input.Normal(rows, classes), Input.Integers(classes, rows)],
                Product = x => () =>
                {
                    (Tensor loss, Tensor gradient) = Transform.ValueAndGradient(logits => Loss.CrossEntropy(logits, x[1]))(x[0]);
                    return [loss, gradient];
                },
            };
        }

        foreach ((int n, int c, int side) in ((int, int, int)[])[(64, 32, 13), (32, 64, 56)])
        {
            Input[] inputs = [Input.Normal(n, c, side, side), Input.Normal(c), Input.Normal(c)];
            string size = $"{n}x{c}x{side}x{side}";
            yield return new("batch norm", size, Both) { Peer = "norms.batch_norm", Inputs = inputs, Product = Row.Of(BatchNorm), Bound = 1e-5 };
            yield return new("batch norm, gradients", size, Both)
            {
                Peer = "norms.batch_norm_gradients",
                Inputs = [.. inputs, Input.Normal(n, c, side, side)],
                Product = Row.WithGradients(3, BatchNorm),
                Bound = 1e-5,
            };
        }
    }

    // By the statistics of the batch, as in training.
    static Tensor BatchNorm(Tensor[] x) => Functional.BatchNorm(x[0], x[0].Mean([0, 2, 3]), x[0].Var([0, 2, 3]), x[1], x[2]);
}
