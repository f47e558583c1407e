using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>Convolutions of images [N, C, H, W] without bias: forward, and each gradient alone.</summary>
static class Convolutions
{
    static readonly Target Even = new(1, 1);

    public static IEnumerable<Row> Rows()
    {
        foreach (int batch in (int[])[1, 32])
        {
            foreach ((int channels, int side) in ((int, int)[])[(64, 56), (128, 28), (256, 14), (512, 7)])
            {
                foreach (Row row in All("conv 3x3", new(batch, channels, channels, side, 3, 1, 1)))
                {
                    yield return row;
                }
            }
        }

        foreach (int batch in (int[])[1, 32])
        {
            foreach ((int channels, int side) in ((int, int)[])[(64, 56), (128, 28), (256, 14), (512, 7)])
            {
                yield return Fast(Forward("conv 3x3, fast", new(batch, channels, channels, side, 3, 1, 1)));
            }
        }

        foreach (int batch in (int[])[1, 32])
        {
            yield return Forward("conv 3x3 stride 2", new(batch, 64, 128, 56, 3, 2, 1));
            yield return Forward("conv 1x1 stride 2", new(batch, 256, 512, 28, 1, 2, 1));
            yield return Forward("conv 3x3, 4 groups", new(batch, 128, 128, 28, 3, 1, 4));
            yield return Forward("conv depthwise 3x3 stride 2", new(batch, 128, 128, 56, 3, 2, 128));
            yield return Forward("conv depthwise 3x3", new(batch, 128, 128, 28, 3, 1, 128));
            yield return Forward("conv 1x1", new(batch, 256, 64, 56, 1, 1, 1));
            yield return Forward("conv 7x7 stride 2", new(batch, 3, 64, 224, 7, 2, 1));
        }

        foreach (Row row in All("conv depthwise 3x3", new(32, 128, 128, 28, 3, 1, 128)).Skip(1))
        {
            yield return row;
        }

        // The layers of the small CNN: one channel, and odd sides without padding.
        yield return Forward("conv 3x3, small CNN", new(64, 1, 32, 28, 3, 1, 1, 0));
        yield return Forward("conv 3x3, small CNN", new(64, 32, 64, 13, 3, 1, 1, 0));
    }

    // The scope holds where values are evaluated.
    static Row Fast(Row row) => row with
    {
        Target = new(1.7, 1.4),
        Bound = 2e-5,
        Product = x =>
        {
            Func<Tensor[]> exact = row.Product(x);
            return () =>
            {
                using IDisposable fast = Numerics.Fast();
                Tensor[] result = exact();
                Tensor.Eval(result);
                return result;
            };
        },
    };

    static Row[] All(string name, Case one)
    {
        Row forward = Forward(name, one);
        return
        [
            forward,
            forward with
            {
                Name = name + ", input gradient",
                Peer = "convolutions.input_gradient",
                Inputs = [.. forward.Inputs, one.Output],
                Product = x => () => [Transform.Vjp(input => one.Convolve(input, x[1]), x[0]).Item2(x[2])],
            },
            forward with
            {
                Name = name + ", weight gradient",
                Peer = "convolutions.weight_gradient",
                Inputs = [.. forward.Inputs, one.Output],
                Product = x => () => [Transform.Vjp(weight => one.Convolve(x[0], weight), x[1]).Item2(x[2])],
                Bound = 2e-5,
            },
        ];
    }

    static Row Forward(string name, Case one) => new(name, $"b{one.Batch} {one.Inputs}>{one.Outputs}x{one.Side}", Even)
    {
        Peer = "convolutions.forward",
        Inputs = [Input.Normal(one.Batch, one.Inputs, one.Side, one.Side), Input.Normal(one.Outputs, one.Inputs / one.Groups, one.Window, one.Window)],
        Arguments = new Dictionary<string, object> { ["stride"] = one.Stride, ["padding"] = one.Padding, ["groups"] = one.Groups },
        Product = Row.Of(x => one.Convolve(x[0], x[1])),
        Bound = 5e-6,
    };

    sealed record Case(int Batch, int Inputs, int Outputs, int Side, int Window, int Stride, int Groups, int Padding)
    {
        /// <summary>Padded so that stride 1 keeps the side.</summary>
        public Case(int batch, int inputs, int outputs, int side, int window, int stride, int groups)
            : this(batch, inputs, outputs, side, window, stride, groups, window / 2)
        {
        }

        public Input Output
        {
            get
            {
                int side = ((Side + (2 * Padding) - Window) / Stride) + 1;
                return Input.Normal(Batch, Outputs, side, side);
            }
        }

        public Tensor Convolve(Tensor x, Tensor weight) => Functional.Conv2d(x, weight, stride: Stride, padding: Padding, groups: Groups);
    }
}
