#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:package System.Numerics.Tensors

// Data in and out without copies: arrays, spans, System.Numerics.Tensors, NumPy files, DLPack.
using System.Numerics.Tensors;
using Ashlar;
using Tensor = Ashlar.Tensor;

string folder = Directory.CreateTempSubdirectory("ashlar-interchange-").FullName;

float[] values = [1, 2, 3, 4, 5, 6];
Tensor wrapped = Tensor.Wrap<float>(values, 2, 3);                      // uses the array where it lies
Tensor copied = Tensor.From(values, 2, 3);                              // a copy of its own

ReadOnlyMemory<float> memory = wrapped.Tanh().AsMemory<float>();        // the computed value, not a copy of it
float largest = TensorPrimitives.Max(memory.Span);
var view = new ReadOnlyTensorSpan<float>(memory.Span, [2, 3], []);      // the same memory as System.Numerics sees it

NpyFile.Save(Path.Combine(folder, "x.npy"), copied);                    // numpy.load reads it
Tensor mapped = NpyFile.Map(Path.Combine(folder, "x.npy"));             // stays in the file until it is used

nint managed = DLPack.Export(copied);                                   // for a native library of this process
Tensor imported = DLPack.Import(managed);                               // and back, still without a copy

Console.WriteLine(view[1, 2] == largest && mapped.EqualTo(imported).ToArray<bool>().All(equal => equal)
    ? $"equal: {mapped.ToString().ReplaceLineEndings(" ")}"
    : throw new InvalidOperationException("interchange: what came back is not what left."));
