using Ashlar.Onnx.Protobuf;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx.Fuzz;

/// <summary>Small models that between them have every part of the format, as seeds of the fuzzer.</summary>
static class FuzzModels
{
    public static IEnumerable<byte[]> All => new[] { Plain(), Constants(), Bodies(), Functions(), Outside(), Folded(), Learning() }.Select(model => model.Proto.ToByteArray());

    static TestModel Plain() => new TestModel().Input("x", 1, "n", "3").Outputs("y").Initializer("w", [1, 2, 3, 4, 5, 6], 3, 2).Node("Constant", [], ["k"], [TestModel.Ints("value_ints", -1, 2)])
        .Node("MatMul", ["x", "w"], ["p"]).Node("Reshape", ["p", "k"], ["r"]).Node("Softmax", ["r"], ["y"], [TestModel.Int("axis", 1)]);

    // What is computed at load: numbers, text, sparse ones, shapes made of constants.
    static TestModel Constants()
    {
        TestModel model = new TestModel().Outputs("y", "z", "t", "s").Initializer("a", [3, 4, 5], 3).Node("Constant", [], ["shape"], [TestModel.Ints("value_ints", 2, 3)])
            .Node("Constant", [], ["text"], [TestModel.Texts("value_strings", "a b", "c")]).Node("ConstantOfShape", ["shape"], ["o"]).Node("Expand", ["a", "shape"], ["e"]).Node("Add", ["o", "e"], ["y"])
            .Node("NonZero", ["y"], ["z"]).Node("StringSplit", ["text"], ["t", "count"]).Node("Identity", ["sparse"], ["s"]);
        var sparse = new SparseTensorProto { Values = TestModel.Raw("sparse", [7, 8], 2), Indices = new TensorProto { DataType = 7 } };
        sparse.Indices.Dims.Add(2);
        sparse.Indices.Int64Data.Add([1, 5]);
        sparse.Dims.Add([2, 3]);
        model.Graph.SparseInitializer.Add(sparse);
        return model;
    }

    static IEnumerable<ValueInfoProto> Named(params string[] names) => names.Select(name => new ValueInfoProto { Name = name });

    static TestModel Bodies()
    {
        var loop = new GraphProto { Name = "loop" };
        loop.Input.Add(Named("i", "c", "v"));
        loop.Output.Add(Named("c", "v2", "v2"));
        loop.Node.Add(TestModel.MakeNode("Add", ["v", "x"], ["v2"]));
        var branch = new GraphProto { Name = "branch" };
        branch.Output.Add(new ValueInfoProto { Name = "b" });
        branch.Node.Add(TestModel.MakeNode("Neg", ["v"], ["b"]));
        branch.Initializer.Add(TestModel.Raw("w", [1], 1));
        return new TestModel().Input("x", 1, "2").Input("n", 7).Input("go", 9).Outputs("v", "all", "q").Node("Loop", ["n", "go", "x"], ["v", "all"], [TestModel.Body("body", loop)])
            .Node("If", ["go"], ["q"], [TestModel.Body("then_branch", branch), TestModel.Body("else_branch", branch)]);
    }

    static TestModel Functions()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("Twice", ["x"], ["y"], [TestModel.Float("slope", 0.5f)], "own");
        model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        foreach ((string name, string inner) in new[] { ("Twice", "Once"), ("Once", "") })
        {
            var function = new FunctionProto { Name = name, Domain = "own", Input = { "a" }, Output = { "b" }, Attribute = { "slope" } };
            function.OpsetImport.Add(new OperatorSetIdProto { Version = 21 });
            function.Node.Add(TestModel.MakeNode(inner.Length > 0 ? inner : "LeakyRelu", ["a"], ["m"], [new AttributeProto { Name = inner.Length > 0 ? "slope" : "alpha", RefAttrName = "slope", Type = AttributeProto.Types.AttributeType.Float }], inner.Length > 0 ? "own" : ""));
            function.Node.Add(TestModel.MakeNode(inner.Length > 0 ? inner : "Relu", ["m"], ["b"], null, inner.Length > 0 ? "own" : ""));
            model.Proto.Functions.Add(function);
        }

        return model;
    }

    // Bytes in files beside the model, halves in int32, four bits in one byte.
    static TestModel Outside()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y", "z").Node("Add", ["x", "w"], ["y"]).Node("Cast", ["four"], ["f"], [TestModel.Int("to", 1)]).Node("Cast", ["half"], ["h"], [TestModel.Int("to", 1)]).Node("Add", ["f", "h"], ["z"]);
        var outside = new TensorProto { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External, Dims = { 2 } };
        outside.ExternalData.Add([new StringStringEntryProto { Key = "location", Value = "weights.bin" }, new StringStringEntryProto { Key = "offset", Value = "4" }, new StringStringEntryProto { Key = "length", Value = "8" }]);
        model.Graph.Initializer.Add([outside, new TensorProto { Name = "half", DataType = 10, Dims = { 3 }, Int32Data = { 0x3c00, 0x4000, 0x4200 } }, new TensorProto { Name = "four", DataType = 22, Dims = { 3 }, RawData = ByteString.CopyFrom(0x21, 0x0f) }]);
        return model;
    }

    // Operators that make much of little, all on constants.
    static TestModel Folded() => new TestModel().Outputs("r", "g", "m", "u", "p").Node("Constant", [], ["n"], [TestModel.Int("value_int", 5)]).Node("Constant", [], ["one"], [TestModel.Int("value_int", 1)]).Node("Constant", [], ["hz"], [TestModel.Float("value_float", 100)])
        .Node("Constant", [], ["sizes"], [TestModel.Ints("value_ints", 1, 1, 4, 6)]).Node("Constant", [], ["pads"], [TestModel.Ints("value_ints", 0, 0, 1, 1, 0, 0, 1, 1)]).Initializer("x", [1, 2, 3, 4], 1, 1, 2, 2)
        .Node("Range", ["one", "n", "one"], ["r"]).Node("EyeLike", ["p2"], ["g"], [TestModel.Int("k", 1)]).Node("Squeeze", ["x"], ["p2"]).Node("MelWeightMatrix", ["n", "sizes0", "n", "hz", "hz"], ["m"]).Node("Constant", [], ["sizes0"], [TestModel.Int("value_int", 16)])
        .Node("Resize", ["x", "", "", "sizes"], ["u"], [TestModel.Text("mode", "linear")]).Node("Pad", ["x", "pads"], ["p"], [TestModel.Text("mode", "edge")]);

    static TestModel Learning() => new TestModel(3, "ai.onnx.ml").Inputs("x").Outputs("y").Node("TreeEnsembleRegressor", ["x"], ["y"],
    [
        TestModel.Ints("nodes_treeids", 0, 0, 0), TestModel.Ints("nodes_nodeids", 0, 1, 2), TestModel.Ints("nodes_featureids", 0, 0, 0), TestModel.Floats("nodes_values", 1, 0, 5), TestModel.Texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF"),
        TestModel.Ints("nodes_truenodeids", 1, 0, 0), TestModel.Ints("nodes_falsenodeids", 2, 0, 0), TestModel.Ints("target_treeids", 0, 0), TestModel.Ints("target_nodeids", 1, 2), TestModel.Ints("target_ids", 0, 0), TestModel.Floats("target_weights", 10, 20),
    ], "ai.onnx.ml");
}
