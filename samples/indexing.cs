#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// The examples of docs/indexing.md.
using Ashlar;
using static Ashlar.TensorIndex;

Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);

Tensor corner = x[0, ^1, 1..3];                 // [2]: position, position from the end, range
Tensor column = x[.., .., 0];                   // [2, 3]: .. is one whole axis
Tensor last = x[Ellipsis, -1, None];            // [2, 3, 1]: all axes that are left, then a new one
Tensor backwards = x[0, 0, Slice(null, null, -1)];
Tensor picked = x[1, [2, 0]];                   // [2, 4]: rows 2 and 0
Tensor even = x[Tensor.Remainder(x, 2).EqualTo(0)];

Tensor counts = Tensor.Zeros(new Shape(5));
counts = counts.At[[0, 3, 3]].Add(1);           // 1 0 0 2 0: equal places are added one after the other
counts = counts.At[^1].Set(7).At[..2].Max(0.5);

Tensor table = Tensor.Arange(12).Reshape(6, 2).To(DType.Float32);
Tensor embedded = table.Take(Tensor.From([3, 0, 3], 3));
(Tensor best, Tensor places) = table.Sum([1]).TopK(2);
(Tensor values, Tensor frequencies) = picked.UniqueCounts();
Tensor running = table.CumSum(0, exclusive: true);
Tensor decayed = Tensor.Recurrence(Tensor.Full(Shape.Scalar, 0.5), table, axis: 0);
Tensor middle = table.Quantile([0.25, 0.5, 0.75], axis: 0);

Tensor[] all = [corner, column, last, backwards, picked, even, counts, embedded, best, places, values, frequencies, running, decayed, middle];
foreach (Tensor tensor in all)
{
    Console.WriteLine($"{tensor.DType.Name}{tensor.Shape}: {string.Join(' ', tensor.To(DType.Float64).ToArray<double>())}");
}

return counts.ToArray<float>().SequenceEqual([1f, 0.5f, 0, 2, 7]) && even.Size == 12 ? 0 : 1;
