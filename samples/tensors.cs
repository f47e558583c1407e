#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
// The examples of docs/tensors.md: making tensors, dtypes, reading them, sharing memory, files.
using Ashlar;

Tensor a = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);      // float32 [2, 3], row-major, copied
Tensor b = Tensor.Arange(3);                            // int32 0 1 2
Tensor c = Tensor.LinSpace(0, 1, 5, type: DType.Float64);
Tensor d = Tensor.Full(new Shape(2, 3), 0.5);
Tensor e = Tensor.ZerosLike(a, DType.Int64);
Tensor f = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(2, 3));
Console.WriteLine(a);
Console.WriteLine($"{b} {c}");

Console.WriteLine((b + a).DType.Name);                  // float32: an integer takes the float's dtype
Console.WriteLine((b * 2).DType.Name);                  // int32: a C# number is weak
Console.WriteLine((b * 2.5).DType.Name);                // float32: a double beside integers
Console.WriteLine((a * 2.5).DType.Name);                // float32, though 2.5 is a double
Console.WriteLine((c[1..4] + a).DType.Name);            // float64
Console.WriteLine(DTypeFacts.Promote(DType.UInt8, DType.Int8).Name);         // int16
Console.WriteLine(DTypeFacts.Promote(DType.Float16, DType.BFloat16).Name);   // float32
Tensor whole = c.To(DType.Int32);                       // toward zero: 0 0 0 0 1

float[] copy = a.ToArray<float>();
double last = c[^1].Item<double>();
Span<float> destination = stackalloc float[6];
a.CopyTo(destination);
Console.WriteLine(a.ToString(precision: 2));

float[] mine = [1, 2, 3, 4];
Tensor wrapped = Tensor.Wrap<float>(mine, 2, 2);        // no copy: do not write to it while the tensor lives
ReadOnlyMemory<float> view = (wrapped * 2).AsMemory<float>();
Console.WriteLine(view.Span[3]);

string path = Path.Combine(Path.GetTempPath(), "ashlar-tensors-sample.npy");
NpyFile.Save(path, a);
Tensor again = NpyFile.Load(path);
Console.WriteLine((again - a).Abs().Max());
File.Delete(path);

Tensor y = (a * 2 + 1).Exp().Sum([1]);                  // recorded, not computed
Console.WriteLine(y.Explain());
float first = y.ToArray<float>()[0];                    // computed here, in one pass

Console.WriteLine(e + d + f.StopGradient() is { Size: 6 } && copy.Length == 6 && last == 1 && destination[5] == 6 && first > 0 && whole.Size == 5);
return view.Span[3] == 8 ? 0 : 1;
