using System.Text;
using Ashlar.Nn;
using Ashlar.Onnx;

namespace Ashlar.Cli.Tests.Onnx;

/// <summary>A folder with small models, made once for all tests of a class.</summary>
public sealed class OnnxFiles : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public OnnxFiles()
    {
        var network = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 3), new Softmax());
        network.Initialize(RandomKey.FromSeed(1));
        OnnxExport.Save(File("a.onnx"), network, new Shape(1, 4), new OnnxExportOptions(Metadata: new Dictionary<string, string> { ["note"] = "first" }));
        Parameter bias = network.NamedParameters().First(entry => entry.Name == "2.bias").Parameter;
        bias.Set(bias.Master + 0.125);
        OnnxExport.Save(File("b.onnx"), network, new Shape(1, 4));
        OnnxExport.Save(File("two.onnx"), x => [x[0] + x[1].To(DType.Float32)], [(new Shape(1, 3), DType.Float32), (new Shape(1, 3), DType.Int64)], new OnnxExportOptions(InputNames: ["a", "b"], OutputNames: ["sum"]));
        OnnxExport.Save(File("picture.onnx"), x => [x[0].Mean([2, 3])], [(new Shape(1, 3, 2, 2), DType.Float32)], new OnnxExportOptions(SymbolicBatch: false, InputNames: ["picture"], OutputNames: ["mean"]));
        OnnxExport.Save(File("sound.onnx"), x => [x[0].Square().Sum([1])], [(new Shape(1, 4), DType.Float32)], new OnnxExportOptions(SymbolicBatch: false, InputNames: ["sound"], OutputNames: ["energy"], Metadata: new Dictionary<string, string> { ["sample_rate"] = "16000" }));
        System.IO.File.WriteAllBytes(File("foreign.onnx"), Foreign());
        NpyFile.Save(File("x.npy"), Tensor.From<float>([1, -2, 3, -4, 0.5f, 0.25f, -0.125f, 2], 2, 4));
    }

    public string File(string name) => _folder.File(name);

    /// <summary>A WAV file of one channel, 16 bits.</summary>
    public string Wav(string name, int rate, params short[] samples)
    {
        using var writer = new BinaryWriter(System.IO.File.Create(File(name)));
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(2 * rate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (short sample in samples)
        {
            writer.Write(sample);
        }

        return File(name);
    }

    public void Dispose() => _folder.Dispose();

    // The bytes of a model with operators that nobody has: field numbers of onnx.proto, every message and text with its length.
    static byte[] Foreign()
    {
        static byte[] Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];
        static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));
        byte[] Node(string op, string name, string from, string to) => Field(1, [.. Text(1, from), .. Text(2, to), .. Text(3, name), .. Text(4, op)]);
        byte[] graph = [.. Node("Frobnicate", "first", "x", "a"), .. Node("Relu", "fine", "a", "b"), .. Node("Frobnicate", "second", "b", "c"), .. Node("Whirl", "third", "c", "y"), .. Text(2, "g"), .. Field(11, Text(1, "x")), .. Field(12, Text(1, "y"))];
        return [0x08, 8, .. Field(7, graph), .. Field(8, [0x10, 17])];
    }
}
