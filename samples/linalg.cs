#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// Linear algebra: solve, decompose, fit, differentiate, and name axes instead of counting them.
using Ashlar;

Tensor a = Tensor.From([4.0, 1, 0, 1, 3, 1, 0, 1, 2], 3, 3);
Tensor b = Tensor.From([1.0, 2, 3], 3);

Tensor x = Linalg.Solve(a, b);
(Tensor w, Tensor v) = Linalg.Eigh(a);
(Tensor u, Tensor s, Tensor vh) = Linalg.Svd(a, fullMatrices: false);
Tensor again = (u * s).MatMul(vh);

Console.WriteLine($"solution: [{Text(x)}], residual {Linalg.VectorNorm(a.MatMul(x) - b).Item<double>():0.0e+0}");
Console.WriteLine($"eigenvalues: [{Text(w)}], singular values: [{Text(s)}]");
double restored = Linalg.MatrixNorm(again - a).Item<double>() + Linalg.MatrixNorm((v * w).MatMul(v.MatrixTranspose()) - a).Item<double>();

// A line through points, with what is left over.
Tensor at = Tensor.From([0.0, 1, 2, 3], 4);
Tensor design = Tensor.Stack([Tensor.Ones(at.Shape, DType.Float64), at], axis: 1);
(Tensor line, Tensor residual, _, _) = Linalg.LstSq(design, Tensor.From([1.0, 3, 4, 7], 4));
Console.WriteLine($"line: [{Text(line)}], squared residual {residual.Item<double>():0.000}");

// The gradient of log det A is A⁻ᵀ.
Tensor slope = Transform.Gradient(m => Linalg.SlogDet(m).LogAbsDet)(a);
double gap = Linalg.MatrixNorm(slope - Linalg.Inv(a).MatrixTranspose()).Item<double>();

// A singular matrix has no solution: NaN in its place, its neighbour as if alone.
Tensor pair = Tensor.Stack([a, Tensor.Zeros(a.Shape, DType.Float64)]);
Console.WriteLine($"a batch with a singular matrix: [{Text(Linalg.Solve(pair, b).Reshape(-1))}]");

// Attention scores of every head, named instead of transposed.
Tensor queries = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(2, 4, 6, 8));
Tensor keys = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(2, 4, 5, 8));
Tensor scores = Tensor.Einsum("bhqd,bhkd->bhqk", queries, keys);
Console.WriteLine($"scores: {scores.Shape}, as MatMul: {scores.ToBytes().AsSpan().SequenceEqual(queries.MatMul(keys.MatrixTranspose()).ToBytes())}");
return restored < 1e-13 && gap < 1e-14 ? 0 : 1;

static string Text(Tensor values) => string.Join(", ", values.ToArray<double>().Select(value => value.ToString("0.0000")));
