using Ashlar.Nn;
using Ashlar.Onnx;

namespace Ashlar.Server.Tests.Page;

/// <summary>Models for runs that kept ONNX files.</summary>
static class OnnxModels
{
    /// <summary>A small convolutional network, any batch.</summary>
    public static byte[] Network()
    {
        var network = new Sequential(new Conv2d(1, 8, 3, padding: 1), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(128, 10), new Softmax());
        network.Initialize(RandomKey.FromSeed(1));
        return Written(path => OnnxExport.Save(path, network, new Shape(1, 1, 8, 8), new OnnxExportOptions(Metadata: new Dictionary<string, string> { ["ashlar.run"] = "<b>20261124-090000-abcdef</b>" }, InputNames: ["image"], OutputNames: ["shares"])));
    }

    /// <summary>A loop, which nobody runs only to look at it.</summary>
    public static byte[] Loop() => Written(path => OnnxExport.Save(path, x => [Control.Loop(3, x[0], (_, y) => y * 2)], [(new Shape(1, 4), DType.Float32)]));

    static byte[] Written(Action<string> write)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.onnx");
        write(path);
        return File.ReadAllBytes(path);
    }
}
