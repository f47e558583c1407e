#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// Gradients are functions of functions: take them twice, or map them over a batch.
using Ashlar;

static Tensor Wave(Tensor x) => x.Sin() * (x * -0.5).Exp();

Func<Tensor, Tensor> slope = Transform.Gradient(Wave);
Func<Tensor, Tensor> curvature = Transform.Gradient(slope);

Tensor points = Tensor.From([0f, 0.5f, 1f, 2f], 4);
float[] values = Transform.Vmap(Wave)(points).ToArray<float>();
float[] slopes = Transform.Vmap(slope)(points).ToArray<float>();
float[] curvatures = Transform.Vmap(curvature)(points).ToArray<float>();
Console.WriteLine("     x      f(x)     f'(x)    f''(x)");
for (int i = 0; i < values.Length; i++)
{
    Console.WriteLine($"{points.ToArray<float>()[i],6:0.00}  {values[i],8:0.0000}  {slopes[i],8:0.0000}  {curvatures[i],8:0.0000}");
}

// f'' + f' + 1.25 f = 0 for this f, so what is left is rounding.
float left = Enumerable.Range(0, values.Length).Max(i => Math.Abs(curvatures[i] + slopes[i] + (1.25f * values[i])));
Console.WriteLine($"largest |f'' + f' + 1.25 f|: {left:0.0e+0}");

// A gradient of several variables: the normal equations' residual, and steps against it.
Tensor a = Tensor.From([2f, 1f, 1f, 3f, 0f, 1f], 3, 2);
Tensor b = Tensor.From([3f, 4f, 1f], 3);
Func<Tensor, (Tensor Value, Tensor Gradient)> fit = Transform.ValueAndGradient(x =>
{
    Tensor residual = a.MatMul(x.Reshape(2, 1)).Reshape(3) - b;
    return (residual * residual).Sum();
});
Tensor w = Tensor.Zeros(new Shape(2));
for (int step = 0; step < 200; step++)
{
    w = Tensor.From((w - (fit(w).Gradient * 0.04)).ToArray<float>(), 2);
}

Console.WriteLine($"least squares: [{string.Join(", ", w.ToArray<float>().Select(x => x.ToString("0.0000")))}]");
return left < 1e-5f ? 0 : 1;
