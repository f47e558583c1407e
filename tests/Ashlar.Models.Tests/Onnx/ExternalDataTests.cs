using System.Runtime.InteropServices;
using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx;

public sealed class ExternalDataTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-onnx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Weights_stand_in_a_file_beside_the_model()
    {
        string home = Home();
        File.WriteAllBytes(Path.Combine(home, "weights.bin"), [0, 0, 0, 0, .. MemoryMarshal.AsBytes<float>([3f, 4f])]);
        Assert.Equal([4f, 6f], OnnxModel.Load(Write(home, "weights.bin", ("offset", "4"), ("length", "8"))).Run(Tensor.From<float>([1f, 2f], 2))[0].ToArray<float>());
    }

    [Fact]
    public void Large_weights_are_written_beside_the_model_and_read_back()
    {
        string path = Path.Combine(Home(), "large.onnx");
        var network = new Sequential(new Linear(32, 64), new ReLU(), new Linear(64, 3));
        network.Initialize(RandomKey.FromSeed(1));
        var told = new List<double>();
        OnnxExport.Save(path, network, new Shape(1, 32), new OnnxExportOptions { LargestInline = 4000, Progress = new Told(told) });
        Assert.Equal(4096 + 8192 - 4096, new FileInfo(path + ".data").Length);
        Assert.InRange(new FileInfo(path).Length, 1, 3000);
        Assert.Equal(1, told[^1]);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First <= pair.Second));
        Assert.Equal(new OnnxRoundTrip(true, 0, 3), OnnxRoundTrip.Of(path, x => [network.Forward(x[0])], [(new Shape(1, 32), DType.Float32)]));
        Assert.False(OnnxRoundTrip.Of(path, x => [network.Forward(x[0] * 1.01)], [(new Shape(1, 32), DType.Float32)]).IsExact);

        // As a module, saved elsewhere in one file.
        string alone = Path.Combine(_folder, "alone.onnx");
        OnnxModule.Load(path).Save(alone);
        Assert.False(File.Exists(alone + ".data"));
        Assert.True(OnnxRoundTrip.Of(alone, x => [network.Forward(x[0])], [(new Shape(1, 32), DType.Float32)]).IsExact);
    }

    [Theory]
    [InlineData("../secret.bin", "ONNX: initializer 'w' stands in '../secret.bin', which is outside the model's folder. Put the file beside the model and name it without folders.")]
    [InlineData("sub/../../secret.bin", "ONNX: initializer 'w' stands in 'sub/../../secret.bin', which is outside the model's folder. Put the file beside the model and name it without folders.")]
    [InlineData("/etc/hostname", "ONNX: initializer 'w' stands in '/etc/hostname', which is outside the model's folder. Put the file beside the model and name it without folders.")]
    [InlineData("", "ONNX: initializer 'w' stands in '', which is outside the model's folder. Put the file beside the model and name it without folders.")]
    [InlineData("link.bin", "ONNX: initializer 'w' stands in 'link.bin', a link that leads outside the model's folder. Copy the file itself beside the model.")]
    [InlineData("links/secret.bin", "ONNX: initializer 'w' stands in 'links/secret.bin', a link that leads outside the model's folder. Copy the file itself beside the model.")]
    [InlineData("weights\0.bin", "ONNX: initializer 'w' stands in a file whose name has a null character at place 7, which no file has. The model is damaged; export it again.")]
    [InlineData("missing.bin", "ONNX: initializer 'w' stands in 'missing.bin', which is not in the model's folder. Copy it there.")]
    public void No_path_leaves_the_folder(string location, string message)
    {
        string home = Home();
        File.WriteAllBytes(Path.Combine(_folder, "secret.bin"), new byte[8]);
        File.CreateSymbolicLink(Path.Combine(home, "link.bin"), Path.Combine(_folder, "secret.bin"));
        Directory.CreateSymbolicLink(Path.Combine(home, "links"), _folder);
        string model = Write(home, location);
        Assert.Equal(message, Assert.Throws<OnnxException>(() => OnnxModel.Load(model)).Message);
    }

    [Fact]
    public void A_short_file_and_a_wrong_length_are_refused()
    {
        string home = Home();
        File.WriteAllBytes(Path.Combine(home, "w.bin"), new byte[8]);
        Assert.Equal("ONNX: initializer 'w' wants bytes 4 to 12 of 'w.bin', which has 8. Copy the whole file beside the model.", Assert.Throws<OnnxException>(() => OnnxModel.Load(Write(home, "w.bin", ("offset", "4")))).Message);
        Assert.Equal("ONNX: initializer 'w' has 4 bytes in 'w.bin', its type and shape ask for 8. The model is damaged; export it again.", Assert.Throws<OnnxException>(() => OnnxModel.Load(Write(home, "w.bin", ("length", "4")))).Message);
        Assert.Equal("ONNX: initializer 'w' has the offset '-1', which is no whole number of bytes. The model is damaged; export it again.", Assert.Throws<OnnxException>(() => OnnxModel.Load(Write(home, "w.bin", ("offset", "-1")))).Message);
    }

    string Home() => Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName;

    static string Write(string home, string location, params (string Key, string Value)[] more)
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.Add(2);
        tensor.ExternalData.Add(more.Prepend(("location", location)).Select(entry => new StringStringEntryProto { Key = entry.Item1, Value = entry.Item2 }));
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("Add", ["x", "w"], ["y"]);
        model.Graph.Initializer.Add(tensor);
        string path = Path.Combine(home, "model.onnx");
        File.WriteAllBytes(path, model.Proto.ToByteArray());
        return path;
    }

    sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
