#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
// The examples of docs/reductions.md: sums, statistics, scans.
using Ashlar;

Tensor x = Tensor.From([3f, 1, 2, 6, 5, 4], 2, 3);

Console.WriteLine(x.Sum());                             // 21: all axes
Console.WriteLine(x.Sum([0]));                          // [3]
Console.WriteLine(x.Mean([-1], keepAxes: true).Shape);  // [2, 1]
Console.WriteLine(x.Max([1]));
Console.WriteLine(x.ArgMax(1));                         // int64
Console.WriteLine(x.Std());                             // over n
Console.WriteLine(x.Std(correction: 1));                // over n - 1
Console.WriteLine((x > 2).All([1]));
Console.WriteLine((x > 2).CountNonzero());
Console.WriteLine(x.LogSumExp([1]));

Console.WriteLine(x.Median());                          // 3.5
Console.WriteLine(x.Quantile([0.25, 0.75], axis: 1).Shape);          // [2, 2]: quantiles first
(Tensor counts, Tensor edges) = x.Histogram(bins: 5);
Console.WriteLine($"{counts} between {edges}");

Console.WriteLine(x.CumSum(1));
Console.WriteLine(x.CumMax(1, reverse: true));
Console.WriteLine(x.CumSum(1, exclusive: true));
Console.WriteLine(x.Diff());
Tensor average = Tensor.Recurrence(Tensor.Scalar(0.9), x * 0.1, axis: 1);    // hⱼ = 0.9 hⱼ₋₁ + 0.1 xⱼ
Console.WriteLine(average);

Tensor bytes = Tensor.From(new byte[] { 200, 100 }, 2);
Console.WriteLine($"{bytes.Sum()} {bytes.Sum().DType.Name}");        // 300 uint64: integers are widened
Console.WriteLine(Tensor.Zeros(new Shape(0)).Sum());    // 0
Console.WriteLine(Tensor.Zeros(new Shape(0)).Mean());   // nan
return x.Sum().Item<float>() == 21 ? 0 : 1;
