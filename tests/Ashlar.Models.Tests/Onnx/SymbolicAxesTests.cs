using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Files that are written with axes of any extent give the function's bits with extents that were not recorded.</summary>
public sealed class SymbolicAxesTests
{
    static Tensor Normal(long seed, params int[] shape) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));

    static OnnxModel Written(Func<Tensor[], Tensor[]> function, (Shape Shape, DType Type)[] inputs, OnnxExportOptions options)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx").FullName, "model.onnx");
        OnnxExport.Save(path, function, inputs, options);
        var model = OnnxModel.Load(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return model;
    }

    static void Same(Func<Tensor[], Tensor[]> function, OnnxModel model, params Tensor[] x)
    {
        Tensor wanted = function(x)[0];
        Tensor got = model.Run(x)[0];
        Assert.Equal(wanted.Shape, got.Shape);
        Assert.Equal(wanted.ToBytes(), got.ToBytes());
    }

    static readonly OnnxExportOptions Length = new() { SymbolicAxes = [("input", 1, "length")] };

    [Fact]
    public void A_transformer_takes_any_batch_and_any_length()
    {
        var attention = new MultiHeadAttention(8, 2, batchFirst: true);
        var rotary = new RotaryEmbedding();
        var norm = new LayerNorm(8);
        Tensor positions = Normal(1, 32, 8);
        Tensor.Eval(positions);
        Tensor Apply(Tensor x)
        {
            Tensor y = x + positions.Slice(0, 0, x.Shape[1]);
            y = norm.Forward(y + attention.Forward(y, y, y, causal: true));
            return rotary.Forward(y).Mean([1]);
        }

        Tensor[] Function(Tensor[] x) => [Apply(x[0])];
        OnnxModel model = Written(Function, [(new Shape(1, 16, 8), DType.Float32)], Length);
        Assert.Equal("input: Float32[batch, length, 8]", Assert.Single(model.Inputs).ToString());
        foreach ((int batch, int length) in new[] { (1, 16), (1, 1), (4, 5), (2, 29) })
        {
            Same(Function, model, Normal(2, batch, length, 8));
        }
    }

    [Fact]
    public void Lengths_that_are_joined_and_batches_that_are_flattened_are_computed_in_the_file()
    {
        Tensor[] Function(Tensor[] x)
        {
            Tensor all = Tensor.Concat([x[0], x[1]], 1);
            return [(all.Reshape(-1, 4).Sin().Reshape(all.Shape.Extents) + Tensor.Arange(all.Shape[1]).To(DType.Float32).Reshape(-1, 1)) / all.Shape[1]];
        }

        OnnxModel model = Written(Function, [(new Shape(1, 6, 4), DType.Float32), (new Shape(1, 9, 4), DType.Float32)], new OnnxExportOptions { InputNames = ["past", "x"], SymbolicAxes = [("past", 1, "past"), ("x", 1, "time")] });
        Assert.Equal(["past: Float32[batch, past, 4]", "x: Float32[batch, time, 4]"], model.Inputs.Select(input => input.ToString()));
        Same(Function, model, Normal(1, 1, 6, 4), Normal(2, 1, 9, 4));
        Same(Function, model, Normal(1, 3, 2, 4), Normal(2, 3, 1, 4));
    }

    [Fact]
    public void Axes_of_one_name_are_as_long_as_each_other_and_the_batch_may_be_named()
    {
        Tensor[] Function(Tensor[] x) => [x[0].MatMul(x[1].T)];
        OnnxModel model = Written(Function, [(new Shape(4, 6), DType.Float32), (new Shape(5, 6), DType.Float32)],
            new OnnxExportOptions { SymbolicBatch = false, SymbolicAxes = [("input_0", 0, "rows"), ("input_1", 1, "inner"), ("input_0", 1, "inner")] });
        Assert.Equal("input_0: Float32[rows, inner]; input_1: Float32[5, inner]", string.Join("; ", model.Inputs));
        Assert.Equal("output: Float32[rows, 5]", Assert.Single(model.Outputs).ToString());
        Same(Function, model, Normal(1, 2, 9), Normal(2, 5, 9));
    }

    [Fact]
    public void A_picture_of_any_size_is_convolved()
    {
        var network = new Sequential(new Conv2d(1, 3, 3, stride: 2, padding: 1), new ReLU());
        Tensor[] Function(Tensor[] x) => [network.Forward(x[0])];
        OnnxModel model = Written(Function, [(new Shape(1, 1, 16, 16), DType.Float32)], new OnnxExportOptions { SymbolicAxes = [("input", 2, "height"), ("input", 3, "width")] });
        Same(Function, model, Normal(1, 2, 1, 7, 12));
    }

    [Fact]
    public void An_extent_that_follows_no_axis_is_an_error_with_the_extents()
    {
        string message = Assert.Throws<OnnxException>(() => Written(x => [x[0].Slice(1, 0, x[0].Shape[1] * x[0].Shape[1] / 16)], [(new Shape(1, 12, 8), DType.Float32)], Length)).Message;
        Assert.StartsWith("ONNX: an extent is 9 with length 12 and a batch of 3 and 7 with length 11 and a batch of 7", message, StringComparison.Ordinal);
        Assert.EndsWith("so it follows no symbolic axis by a factor or a difference, and no two by their sum or product. Export with fixed extents.", message, StringComparison.Ordinal);
    }

    // 12 and 11 look like the length itself; 10 would be it too, but is 9 here.
    [Fact]
    public void What_only_seems_to_follow_an_axis_is_found_by_a_third_recording()
    {
        string message = Assert.Throws<OnnxException>(() => Written(x => [x[0].Slice(1, 0, x[0].Shape[1] == 10 ? 9 : x[0].Shape[1] - 2)], [(new Shape(1, 12, 8), DType.Float32)], Length)).Message;
        Assert.StartsWith("ONNX: an extent is 10 with length 12 and a batch of 3, 9 with length 11 and a batch of 7 and 9 with length 10 and a batch of 5, so", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_that_are_not_there_and_names_of_two_extents_are_errors()
    {
        (Shape Shape, DType Type)[] inputs = [(new Shape(1, 4), DType.Float32), (new Shape(1, 5), DType.Float32)];
        Assert.Equal("ONNX: the symbolic axis 'n' is axis 2 of 'input_0', which does not exist. The inputs are input_0 [1, 4], input_1 [1, 5]; axes count from 0.",
            Assert.Throws<OnnxException>(() => Written(x => [x[0]], inputs, new OnnxExportOptions { SymbolicAxes = [("input_0", 2, "n")] })).Message);
        Assert.Equal("ONNX: the symbolic axis 'n' is 4 in 'input_0' and 5 in 'input_1'. Give inputs in which it has one extent.",
            Assert.Throws<OnnxException>(() => Written(x => [x[0]], inputs, new OnnxExportOptions { SymbolicAxes = [("input_0", 1, "n"), ("input_1", 1, "n")] })).Message);
    }
}
