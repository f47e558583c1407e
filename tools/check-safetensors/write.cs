#:project ../../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../../src/Ashlar/Ashlar.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Usage: dotnet run write.cs -- FILE
// Writes tensors of six dtypes, with metadata, for check.mjs to read.
using Ashlar;

SafetensorsWriter.Save(
    args[0],
    [
        SafetensorsTensor.From("mask", Tensor.From([true, false, true], 3)),
        SafetensorsTensor.From("bytes", Tensor.From(new byte[] { 0, 127, 255 }, 3, 1)),
        SafetensorsTensor.From("counts", Tensor.From([1, -2, int.MaxValue, int.MinValue], 2, 2)),
        SafetensorsTensor.From("ids", Tensor.From([long.MinValue, long.MaxValue], 2)),
        SafetensorsTensor.From("weight", Tensor.From([1.5f, -2f, 0.25f, 1024f, 3f, -0.125f], 2, 3)),
        SafetensorsTensor.From("exact", Tensor.From([1.0 / 3], [])),
        SafetensorsTensor.From("empty", Tensor.From(Array.Empty<double>(), 0, 7)),
        SafetensorsTensor.From("größe", Tensor.From([float.NaN, 1f], 2)),
    ],
    new Dictionary<string, string> { ["law"] = "1", ["note"] = "größe \"1\"" });
