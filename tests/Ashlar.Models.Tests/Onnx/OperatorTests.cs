using Ashlar.Onnx;
using Ashlar.Onnx.Values;
using static Ashlar.Models.Tests.Onnx.TestModel;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Operators against values worked out by hand from their definitions.</summary>
public sealed class OperatorTests
{
    // ONNX orders the gates of an LSTM i, o, f, c; the layer i, f, g, o.
    static readonly int[] GateOrder = [0, 3, 1, 2];

    [Fact]
    public void Activations()
    {
        Near([2 * -0.8646647f, 0, 3], Floats("Celu", [F([-4, 0, 3])], [Float("alpha", 2)], 12));
        Near([0, 0, 1f / 3 * 2, 4], Floats("HardSwish", [F([-4, 0, 1, 4])], null, 14));
        Near([0, 0.8650984f], Floats("Mish", [F([0, 1])], null, 18));
        Near([0, 2, 2, -2], Floats("Round", [F([0.5f, 1.5f, 2.5f, -1.5f])], null, 11));
        Near([-1, 0, 0, 1], Floats("Shrink", [F([-2, -1, 1, 2])], [Float("lambd", 1.5f), Float("bias", 1)], 9));
    }

    [Fact]
    public void Old_operator_sets_keep_their_meaning()
    {
        // Version 6 lays b along the axes from 0 on.
        Near([11, 12, 23, 24], Floats("Add", [F([1, 2, 3, 4], 2, 2), F([10, 20])], [Int("broadcast", 1), Int("axis", 0)], 6));
        // Before version 13 softmax took all axes from the given one on as one.
        Near([0.25f, 0.25f, 0.25f, 0.25f], Floats("Softmax", [F([0, 0, 0, 0], 1, 2, 2)], null, 11));
        Near([0.5f, 0.5f, 0.5f, 0.5f], Floats("Softmax", [F([0, 0, 0, 0], 1, 2, 2)], null, 13));
        Near([0, 1], Floats("Clip", [F([-5, 5])], [Float("min", 0), Float("max", 1)], 6));
        Near([1, 1, 2, 2], Floats("Upsample", [F([1, 2], 1, 1, 1, 2)], [Floats("scales", 1, 1, 1, 2)], 7));
        Near([2, 3], Floats("Slice", [F([1, 2, 3, 4])], [Ints("starts", 1), Ints("ends", 3)], 9));
    }

    [Fact]
    public void Convolutions_of_integers_subtract_their_zero_points()
    {
        OnnxValue x = Tensor.From<byte>([1, 2, 3, 4], 1, 1, 2, 2);
        OnnxValue w = Tensor.From<byte>([1, 1, 1, 1], 1, 1, 2, 2);
        Near([6], Floats("ConvInteger", [x, w, Tensor.From<byte>([1])], null, 10));
        // (6 · 0.5 · 0.25) / 0.1 + 10 = 17.5, to even.
        Near([18], Floats("QLinearConv", [x, Tensor.From<float>([0.5f]), Tensor.From<byte>([1]), w, Tensor.From<float>([0.25f]), Tensor.From<byte>([0]), Tensor.From<float>([0.1f]), Tensor.From<byte>([10])], null, 10));
    }

    [Fact]
    public void Quantising_saturates_and_rounds_ties_to_even()
    {
        Near([0, 2, 2, 255], Floats("QuantizeLinear", [F([-9, 1.5f, 2.5f, 300]), F([1], 1)], [], 19));
        Near([-8, 7], Floats("QuantizeLinear", [F([-90, 90]), Tensor.From<float>([1f])], [Int("output_dtype", 22)], 23));
    }

    [Fact]
    public void Feature_operators_of_classical_learning()
    {
        const string Ml = "ai.onnx.ml";
        Near([2, 8], Floats("Scaler", [F([3, 4], 1, 2)], [Floats("offset", 1, 0), Floats("scale", 1, 2)], 1, Ml));
        Near([0.6f, 0.8f], Floats("Normalizer", [F([3, 4], 1, 2)], [Text("norm", "L2")], 1, Ml));
        Near([0, 1], Floats("Binarizer", [F([3, 4], 1, 2)], [Float("threshold", 3.5f)], 1, Ml));
        Near([7, 4], Floats("Imputer", [F([float.NaN, 4], 1, 2)], [Floats("imputed_value_floats", 7, 8), Float("replaced_value_float", float.NaN)], 1, Ml));
        Near([0, 1, 0, 1, 0, 0], Floats("OneHotEncoder", [I([5, 3])], [Ints("cats_int64s", 3, 5, 9)], 1, Ml));
        Near([30, 10], Floats("ArrayFeatureExtractor", [F([10, 20, 30], 1, 3), I([2, 0])], null, 1, Ml));
        Near([1, 2, 3], Floats("FeatureVectorizer", [F([1, 2], 1, 2), F([3], 1, 1)], null, 1, Ml));
        Near([2, -1], Floats("CategoryMapper", [new OnnxStrings(new Shape(2), ["b", "z"])], [Texts("cats_strings", "a", "b"), Ints("cats_int64s", 1, 2)], 1, Ml));
        Near([7, 0], Floats("DictVectorizer", [new OnnxMap(["b"], [7f])], [Texts("string_vocabulary", "b", "c")], 1, Ml));
        var zipped = (OnnxSequence)Run("ZipMap", [F([0.25f, 0.75f], 1, 2)], [Texts("classlabels_strings", "no", "yes")], 1, Ml)[0];
        Assert.Equal([0.25f, 0.75f], ((OnnxMap)zipped.Items[0]).Values);
    }

    [Fact]
    public void Linear_models_and_support_vectors()
    {
        const string Ml = "ai.onnx.ml";
        Near([8], Floats("LinearRegressor", [F([1, 2], 1, 2)], [Floats("coefficients", 1, 3), Floats("intercepts", 1)], 1, Ml));
        OnnxValue[] two = Run("LinearClassifier", [F([1, -1], 2, 1)], [Floats("coefficients", 2), Floats("intercepts", 0), Ints("classlabels_ints", 4, 5), Text("post_transform", "LOGISTIC")], 1, Ml, 2);
        Near([5, 4], Numbers(two[0]));
        Near([0.1192029f, 0.8807971f, 0.8807971f, 0.1192029f], Numbers(two[1]));
        // exp(-0.5 · (1 - 3)²) · 2 + 1
        Near([1.2706706f], Floats("SVMRegressor", [F([1], 1, 1)], [Floats("coefficients", 2), Floats("support_vectors", 3), Int("n_supports", 1), Floats("rho", 1), Text("kernel_type", "RBF"), Floats("kernel_params", 0.5f, 0, 0)], 1, Ml));
        // One vector for each of two classes at -1 and 1: the nearer one wins.
        OnnxValue[] nearer = Run("SVMClassifier", [F([-2, 3], 2, 1)], [Floats("coefficients", 1, -1), Floats("support_vectors", -1, 1), Ints("vectors_per_class", 1, 1), Floats("rho", 0), Ints("classlabels_ints", 10, 20),
            Text("kernel_type", "RBF"), Floats("kernel_params", 1, 0, 0)], 1, Ml, 2);
        Near([10, 20], Numbers(nearer[0]));
    }

    [Fact]
    public void Trees_walk_to_their_leaves()
    {
        const string Ml = "ai.onnx.ml";
        // Tree 0: x0 ≤ 1 ? 10 : (x1 < 5 ? 20 : 30). Tree 1: always 100.
        TestModelAttributes(out var nodes);
        Near([110, 120, 130], Floats("TreeEnsembleRegressor", [F([0, 0, 2, 4, 2, 6], 3, 2)], [.. nodes, Ints("target_treeids", 0, 0, 0, 1), Ints("target_nodeids", 1, 3, 4, 0), Ints("target_ids", 0, 0, 0, 0), Floats("target_weights", 10, 20, 30, 100)], 3, Ml));
        Near([100, 100, 100], Floats("TreeEnsembleRegressor", [F([0, 0, 2, 4, 2, 6], 3, 2)], [.. nodes, Ints("target_treeids", 0, 0, 0, 1), Ints("target_nodeids", 1, 3, 4, 0), Ints("target_ids", 0, 0, 0, 0), Floats("target_weights", 10, 20, 30, 100), Text("aggregate_function", "MAX")], 3, Ml));
        OnnxValue[] classes = Run("TreeEnsembleClassifier", [F([0, 0, 2, 6], 2, 2)], [.. nodes, Ints("class_treeids", 0, 0, 0), Ints("class_nodeids", 1, 3, 4), Ints("class_ids", 0, 1, 2), Floats("class_weights", 1, 1, 1), Texts("classlabels_strings", "a", "b", "c")], 3, Ml, 2);
        Assert.Equal(["a", "c"], ((OnnxStrings)classes[0]).Items);
        Near([1, 0, 0, 0, 0, 1], Numbers(classes[1]));
    }

    [Fact]
    public void Optionals_hold_a_value_or_none()
    {
        OnnxModel model = new TestModel().Inputs("x").Outputs("full", "value", "none").Node("Optional", ["x"], ["o"]).Node("OptionalHasElement", ["o"], ["full"]).Node("OptionalGetElement", ["o"], ["value"]).Node("Optional", [], ["e"]).Node("OptionalHasElement", ["e"], ["none"]).Load();
        Tensor[] y = model.Run(Tensor.Ones(new Shape(2)));
        Assert.True(y[0].Item<bool>());
        Assert.Equal([1f, 1f], y[1].ToArray<float>());
        Assert.False(y[2].Item<bool>());
    }

    [Fact]
    public void Text_is_joined_split_and_matched_on_the_host()
    {
        OnnxValue[] split = Run("StringSplit", [new OnnxStrings(new Shape(2), ["a b  c", "d"])], [], 20, "", 2);
        Assert.Equal(["a", "b", "c", "d", "", ""], ((OnnxStrings)split[0]).Items);
        Assert.Equal([3f, 1f], Numbers(split[1]));
        Assert.Equal(["ab"], ((OnnxStrings)Run("StringConcat", [new OnnxStrings(new Shape(1), ["a"]), new OnnxStrings(new Shape(1), ["b"])], null, 20)[0]).Items);
        Assert.Equal([1f, 0f], Floats("RegexFullMatch", [new OnnxStrings(new Shape(2), ["ab1", "ab1x"])], [Text("pattern", "[a-z]+[0-9]")], 20));
    }

    [Fact]
    public void A_recurrent_layer_is_the_layer_of_the_same_weights()
    {
        var layer = new Ashlar.Nn.LSTM(3, 2);
        layer.Initialize(RandomKey.FromSeed(1));
        IReadOnlyDictionary<string, Tensor> state = layer.StateTensors();
        Tensor Gates(string name) => Tensor.Concat([.. GateOrder.Select(gate => state[name].Slice(0, gate * 2, 2))], 0);
        string Find(string part) => state.Keys.Single(key => key.Contains(part, StringComparison.OrdinalIgnoreCase));
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(5, 4, 3));
        Tensor bias = Tensor.Concat([Gates(Find("bias_ih")), Gates(Find("bias_hh"))], 0);
        OnnxValue[] y = Run("LSTM", [x, Gates(Find("weight_ih")).Unsqueeze(0), Gates(Find("weight_hh")).Unsqueeze(0), bias.Unsqueeze(0)], [Int("hidden_size", 2)], 22, "", 3);
        Near(layer.Forward(x).ToArray<float>(), Numbers(y[0]));
    }

    [Fact]
    public void An_index_out_of_range_is_told_with_its_node()
    {
        var fault = Record.Exception(() => Run("Gather", [F([1, 2, 3]), I([7])]));
        Assert.NotNull(fault);
        Assert.Contains("7", fault.Message, StringComparison.Ordinal);
    }

    static void TestModelAttributes(out Ashlar.Onnx.Protobuf.AttributeProto[] nodes) => nodes =
    [
        Ints("nodes_treeids", 0, 0, 0, 0, 0, 1), Ints("nodes_nodeids", 0, 1, 2, 3, 4, 0), Ints("nodes_featureids", 0, 0, 1, 0, 0, 0), Floats("nodes_values", 1, 0, 5, 0, 0, 0),
        Texts("nodes_modes", "BRANCH_LEQ", "LEAF", "BRANCH_LT", "LEAF", "LEAF", "LEAF"), Ints("nodes_truenodeids", 1, 0, 3, 0, 0, 0), Ints("nodes_falsenodeids", 2, 0, 4, 0, 0, 0),
    ];

    static float[] Numbers(OnnxValue value) => ((OnnxTensor)value).Tensor.To(DType.Float32).ToArray<float>();

    // Values by hand have seven digits.
    static void Near(float[] wanted, float[] got)
    {
        Assert.Equal(wanted.Length, got.Length);
        Assert.All(wanted.Zip(got), pair => Assert.InRange(pair.Second, pair.First - 1e-5f, pair.First + 1e-5f));
    }
}
