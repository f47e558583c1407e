using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx;

public sealed class OnnxCasesTests
{
    [Theory]
    [InlineData(0.25f, "passed", "")]
    [InlineData(0.5f, "failed", "output 0: element 0: element 0: 'no' is 0.25, wanted 0.5")]
    public void Sequences_of_maps_are_compared_by_their_keys(float no, string outcome, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-cases").FullName;
        string set = Path.Combine(folder, "case", "test_data_set_0");
        Directory.CreateDirectory(set);
        TestModel model = new TestModel(1, "ai.onnx.ml").Input("x", 1, "1", "2").Outputs("y").Node("ZipMap", ["x"], ["y"], [TestModel.Texts("classlabels_strings", "yes", "no")], "ai.onnx.ml");
        model.Graph.Output[0].Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = new TypeProto { MapType = new TypeProto.Types.Map { KeyType = 8 } } } };
        File.WriteAllBytes(Path.Combine(folder, "case", "model.onnx"), model.Proto.ToByteArray());
        File.WriteAllBytes(Path.Combine(set, "input_0.pb"), TestModel.Raw("x", [0.75f, 0.25f], 1, 2).ToByteArray());
        var map = new MapProto { KeyType = 8, StringKeys = { ByteString.CopyFromUtf8("no"), ByteString.CopyFromUtf8("yes") }, Values = new SequenceProto { ElemType = 1, TensorValues = { TestModel.Raw("", [no, 0.75f], 2) } } };
        File.WriteAllBytes(Path.Combine(set, "output_0.pb"), new SequenceProto { ElemType = 4, MapValues = { map } }.ToByteArray());
        OnnxCaseResult result = Assert.Single(OnnxCases.Run(folder));
        Directory.Delete(folder, recursive: true);
        Assert.Equal((outcome, reason), (result.Outcome, result.Reason));
    }
}
