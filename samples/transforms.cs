#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// Every transform once: derivatives in both directions, batches, memory for time, rules and kernels of one's own, loops and branches.
using Ashlar;

// Derivatives.
static Tensor Energy(Tensor x) => (x * x * x).Sum() - (x.Flip(0) * x).Sum().Sin();

Tensor at = Tensor.From([0.5, -1.0, 2.0], 3);
Tensor direction = Tensor.From([1.0, 0.0, 0.0], 3);
(Tensor value, Tensor gradient) = Transform.ValueAndGradient(Energy)(at);
(_, Tensor slope) = Transform.Jvp(Energy, at, direction);
(_, Func<Tensor, Tensor> pullback) = Transform.Vjp(x => x * x, at);
Tensor hessian = Transform.Hessian(Energy)(at);
Tensor curvature = Transform.HessianVectorProduct(Energy)(at, direction);
Console.WriteLine($"f = {value.Item<double>():0.0000}, slope along the first axis {slope.Item<double>():0.0000}");

double[] first = gradient.ToArray<double>();
Require(Math.Abs(first[0] - slope.Item<double>()) < 1e-12, "forward and reverse mode agree");
Require(pullback(direction).ToArray<double>()[0] == 1.0, "the pullback of x² at ½ doubles ½");
Require(Math.Abs(hessian.ToArray<double>()[0] - curvature.ToArray<double>()[0]) < 1e-12, "the product takes a column of the matrix");
GradientCheck.Run(Energy, at).ThrowIfWrong();

// Batches: the gradient of each example.
static Tensor Loss(Tensor weights, Tensor x) => (weights * x).Sum().Tanh();

Tensor weights = Tensor.From([0.1, 0.2, 0.3], 3);
Tensor batch = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(4, 3), -1, 1, DType.Float64);
Tensor perExample = Transform.Vmap(Transform.Gradient(Loss), [null, 0])(weights, batch);
Console.WriteLine($"gradients of each example: {perExample.Shape}");

// Rules of one's own: rounding with the gradient of the identity.
Func<Tensor, Tensor> quantize = Transform.CustomGradient(x => (x * 4).To(DType.Int32).To(DType.Float64) / 4, (x, y, dy) => dy);
double[] straight = Transform.Gradient(x => (quantize(x) * x).Sum())(at).ToArray<double>();
Require(straight[0] == 1.0, "½ + ½: the rounding passes the gradient on");

// Memory for time: the block's inside is computed again when its gradient is taken.
Func<Tensor, Tensor> block = Transform.Checkpoint(x => (x.Sin() * x.Exp()).Tanh());
Tensor saved = Transform.Gradient(x => block(block(x)).Sum())(at);
Console.WriteLine($"through checkpoints: {saved.ToArray<double>()[0]:0.0000}");

// A loop that is recorded once, whatever the number of its steps: Newton's method for √2.
Tensor root = Control.Loop(20, Tensor.Scalar(1, DType.Float64), (step, x) => (x + (2 / x)) * 0.5);
(Tensor last, Tensor all) = Control.Loop(Tensor.Scalar(0, DType.Float64), at, (sum, x) => (sum + x, sum + x));
Tensor halvings = Control.While(Tensor.Scalar(100, DType.Float64), x => x > 1, x => x * 0.5);
Tensor chosen = Control.Cond(last > 0, at, x => x.Exp(), x => x * 2);
Tensor.Eval(root, last, all, halvings, chosen);
Console.WriteLine($"√2 = {root.Item<double>():0.000000}, running sums end at {last.Item<double>():0.0}, halved to {halvings.Item<double>():0.0000}");
Require(Math.Abs(root.Item<double>() - Math.Sqrt(2)) < 1e-15, "Newton's method arrives");   // the last rounding may stay one unit beside √2

// A kernel of one's own.
CustomCall? cumulative = null;
cumulative = new CustomCall("cumulative", (shapes, types) => (shapes[0], types[0]), arguments =>
{
    ReadOnlySpan<double> x = arguments.Input<double>(0);
    Span<double> y = arguments.Result<double>();
    double sum = 0;
    for (int i = 0; i < x.Length; i++)
    {
        y[i] = sum += x[i];
    }
})
{
    Vjp = (inputs, result, dy) => [cumulative!.Invoke(dy.Flip(0)).Flip(0)],
};
Console.WriteLine($"sums by a kernel: {cumulative.Invoke(at).ToArray<double>()[2]:0.0}");
return 0;

static void Require(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException($"transforms: {what} did not hold.");
    }
}
