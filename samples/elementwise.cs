#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
// The examples of docs/elementwise.md: arithmetic, comparisons, functions of elements.
using Ashlar;

Tensor x = Tensor.From([-2.5, -1, 0, 1, 2.5], 5);
Tensor n = Tensor.From([-7, 7, 8], 3);

Console.WriteLine(2 * x + 1);
Console.WriteLine(n / 2);                               // -3 3 4: integers divide toward zero, as in C#
Console.WriteLine(Tensor.FloorDivide(n, 2));            // -4 3 4: as Python's //
Console.WriteLine(Tensor.Remainder(n, 3));              // 2 1 2: as Python's %
Console.WriteLine(Tensor.Fmod(n, 3));                   // -1 1 2: as C#'s %
Console.WriteLine(x.Pow(2));
Console.WriteLine(n << 1);

Tensor positive = x > 0;                                // bool
Console.WriteLine(x.EqualTo(x.Round()));                // == compares references, EqualTo elements
Console.WriteLine(positive & (x < 2));                  // & and |, not && and ||
Console.WriteLine(Tensor.Where(positive, x, -x));
Console.WriteLine(x.Clip(-1, 1));

Tensor column = Tensor.Arange(3).Reshape(3, 1);
Tensor row = Tensor.Arange(4);
Console.WriteLine((column * 10 + row).Shape);           // [3, 4]

Tensor odds = Tensor.From([0.1, 0.5, 0.9], 3);
Console.WriteLine((odds / (1 - odds)).Log());
Console.WriteLine(odds.Ndtri());                        // quantiles of the normal distribution
Console.WriteLine(Tensor.From([0.5, 5, 50], 3).Lgamma());
Console.WriteLine(Tensor.LogAddExp(x * 1000, x));       // no overflow
Console.WriteLine(Tensor.Atan2(x, Tensor.OnesLike(x)).ToString(precision: 4));

Tensor risky = Tensor.From([1, 0, -1], 3).To(DType.Float32);
Console.WriteLine((1 / risky).IsFinite());
Console.WriteLine(risky.Log().NanToNum(nan: 0, negativeInfinity: -100));
return positive.Sum().Item<long>() == 2 ? 0 : 1;
