using Ashlar.Ir;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Window;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Functions of a batch [n, 4, 6] that are written, read again and run beside themselves with other batches.</summary>
public sealed class OnnxExportOperationTests : IDisposable
{
    static readonly Tensor Places = Tensor.From<long>([3, 0, -1, 2, 2, 1], 6);

    static readonly Dictionary<string, Func<Tensor, Tensor[]>> Functions = new()
    {
        ["sort"] = x => [x.Sort(1), x.Sort(-1, descending: true)],
        ["argsort"] = x => [x.ArgSort(1), x.ArgSort(2, descending: true)],
        ["top k"] = x => [x.TopK(3, 2).Values, x.TopK(2, 1, largest: false).Indices],
        ["sum along"] = x => [x.CumSum(1), x.CumSum(2)],
        ["product along"] = x => [x.CumProd(1)],
        ["maximum along"] = x => [x.CumMax(2), (x * 10).To(DType.Int32).CumMin(1)],
        ["recurrence"] = x => [Tensor.Recurrence(x * 0.5, x, 1), Tensor.Recurrence(x.Sigmoid(), x, 2, reverse: true)],
        ["rows"] = x => [x.Take(Places.Slice(0, 0, 2).Abs(), 2), x.Take(Tensor.From<int>([1, 0, 3, 2], 2, 2), 1)],
        ["picks along"] = x => [x.TakeAlongAxis(x.ArgSort(1), 1)],
        ["points"] = x => [new Tensor(new Node(GatherPrimitive.Instance, [x.Node, Places.Node, Places.Node], new IndexAttributes(1, 0, 0)))],
        ["picks in a batch"] = x => [new Tensor(new Node(GatherPrimitive.Instance, [x.Node, x.ArgSort(1).Slice(1, 0, 2).Permute(0, 2, 1).Slice(1, 0, 3).Node], new IndexAttributes(1, 1, 0)))],
        ["puts along"] = x => [x.PutAlongAxis(x.ArgSort(1), x * 2, 1), x.PutAlongAxis(Tensor.ZerosLike(x, DType.Int64), x, 1, ScatterKind.Add), x.PutAlongAxis(x.ArgSort(2), x + 1, 2, ScatterKind.Max)],
        ["puts of rows"] = x => [new Tensor(new Node(ScatterPrimitive.Instance, [x.Node, Places.Slice(0, 0, 2).Node, (x.Slice(1, 0, 2) * 3).Node], new ScatterAttributes(ScatterKind.Multiply, true, x.Shape, 1, 0, 0)))],
        ["puts into zeros"] = x => [new Tensor(new Node(ScatterPrimitive.Instance, [x.Slice(1, 0, 2).ArgSort(1).Node, x.Slice(1, 0, 2).Node], new ScatterAttributes(ScatterKind.Add, false, new Shape([.. x.Shape.Extents[..1], 5, 6]), 1, 1, 1)))],
        ["puts in a batch"] = x => [new Tensor(new Node(ScatterPrimitive.Instance, [x.Node, x.ArgSort(1).Permute(0, 2, 1).Slice(1, 0, 3).Slice(2, 0, 2).Node, x.Slice(1, 0, 3).Unsqueeze(2).BroadcastTo(new Shape([x.Shape[0], 3, 2, 6])).Node], new ScatterAttributes(ScatterKind.Add, true, x.Shape, 1, 1, 0)))],
        ["searches"] = x => [x.Sort(-1).SearchSorted(x * 2), x.Sort(-1).SearchSorted(x, right: true)],
        ["branch"] = x => [Control.Cond(x.Slice(0, 0, 1).Sum() > 0.0, x, y => y * 2, y => y - 1)],
        ["loop"] = x => [Control.Loop(3, x, (_, y) => (y * 0.5) + x)],
        ["loop that stacks"] = x => Stacked(x),
        ["while"] = x => [Control.While(x, y => y.Slice(0, 0, 1).Abs().Sum() < 100.0, y => (y * 2) + 1)],
        ["window"] = x => [Pool(x, ReduceKind.Max), Pool(x, ReduceKind.Min)],
        ["window's place"] = x => [new Tensor(new Node(WindowArgReducePrimitive.Instance, [x.Node], new WindowAttributes(ReduceKind.Max, [2], [2], [0], [0])))],
        ["fourier"] = x => [x.RFft(axis: -1).ViewAsReal(), x.Fft(axis: 1).ViewAsReal()],
        ["floor divide"] = x => [Tensor.FloorDivide((x * 10).To(DType.Int32), Tensor.From<int>([3]).Reshape([]))],
    };

    static readonly Dictionary<string, Func<Tensor, Tensor[]>> AlongBatch = new()
    {
        ["last"] = x => [x[^1..], x[^1]],
        ["all but the last"] = x => [x[..^1] * 2, x[1..] - x[..^1]],
        ["backwards"] = x => [x.Flip(0)],
        ["doubled"] = x => [Tensor.Concat([x, x], 0), Tensor.Concat([x, x[..1]], 0).Reshape(x.Shape[0] + 1, 24)],
    };

    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("ashlar-onnx").FullName, "model.onnx");

    public static TheoryData<string> Names => [.. Functions.Keys];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_comes_back_with_the_same_bits(string name)
    {
        Tensor[] Function(Tensor[] x) => Functions[name](x[0]);
        (Shape, DType)[] inputs = [(new Shape(1, 4, 6), DType.Float32)];
        OnnxExport.Save(_path, Function, inputs, new OnnxExportOptions(18));
        Assert.Equal(new OnnxRoundTrip(true, 0, 3), OnnxRoundTrip.Of(_path, Function, inputs));
        OnnxExport.Save(_path, Function, inputs, new OnnxExportOptions(27, SymbolicBatch: false));
        Assert.Equal(new OnnxRoundTrip(true, 0, 1), OnnxRoundTrip.Of(_path, Function, inputs, symbolicBatch: false));
    }

    static readonly Dictionary<string, (Func<Tensor, Tensor> Function, double Low, double High)> Special = new()
    {
        ["lgamma"] = (x => x.Lgamma(), -29.9712, 60),
        ["lgamma near zero"] = (x => x.Lgamma(), 0.001, 3),
        ["digamma"] = (x => x.Digamma(), 0.05, 60),
        ["digamma below zero"] = (x => x.Digamma(), -3.9, -3.1),
        ["quantile of erf"] = (x => x.ErfInverse(), -0.9999, 0.9999),
        ["quantile of the normal distribution"] = (x => x.Ndtri(), 1e-6, 0.9999),
    };

    public static TheoryData<string> SpecialNames => [.. Special.Keys];

    [Theory]
    [MemberData(nameof(SpecialNames))]
    public void Special_functions_are_written_by_formulas(string name)
    {
        (Func<Tensor, Tensor> function, double low, double high) = Special[name];
        OnnxExport.Save(_path, x => [function(x[0])], [(new Shape(1, 3), DType.Float32)]);
        Tensor x = Tensor.LinSpace(low, high, 3000).To(DType.Float32).Reshape(1000, 3);
        float[] wanted = function(x).ToArray<float>();

        // Formulas of float32 that subtract numbers of some tens, and polynomials good for a few units of the last place.
        Assert.All(OnnxModel.Load(_path).Run(x)[0].ToArray<float>().Zip(wanted), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 8e-6f + (8e-6f * Math.Abs(pair.Second))));
    }

    [Fact]
    public void Special_functions_keep_their_ends()
    {
        OnnxExport.Save(_path, x => [x[0].Lgamma(), x[0].ErfInverse(), x[0].Ndtri()], [(new Shape(1, 1), DType.Float32)]);
        Tensor[] got = OnnxModel.Load(_path).Run(Tensor.From<float>([0, 1, -1, float.PositiveInfinity], 4, 1));
        Assert.Equal(float.PositiveInfinity, got[0].ToArray<float>()[0]);
        Assert.Equal(float.PositiveInfinity, got[0].ToArray<float>()[3]);
        Assert.Equal([0f, float.PositiveInfinity, float.NegativeInfinity], got[1].ToArray<float>()[..3]);
        Assert.Equal([float.NegativeInfinity, float.PositiveInfinity], got[2].ToArray<float>()[..2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(10)]
    public void Inverse_transforms_to_real_numbers_are_written_whole(int count)
    {
        Tensor[] Function(Tensor[] x) => [x[0].RFft(axis: 1).IRFft(count, axis: 1)];
        (Shape, DType)[] inputs = [(new Shape(1, count), DType.Float32)];
        OnnxExport.Save(_path, Function, inputs);
        OnnxRoundTrip trip = OnnxRoundTrip.Of(_path, Function, inputs);

        // The whole transform adds in another order than that of half as many numbers.
        Assert.InRange(trip.Relative, 0, 1e-6);
    }

    [Theory]
    [InlineData("last", "1, 4, 6", "4, 6")]
    [InlineData("all but the last", "?, 4, 6", "?, 4, 6")]
    [InlineData("backwards", "batch, 4, 6", null)]
    [InlineData("doubled", "?, 4, 6", "?, 24")]
    public void Parts_along_the_batch_follow_it(string name, string first, string? second)
    {
        Tensor[] Function(Tensor[] x) => AlongBatch[name](x[0]);
        (Shape, DType)[] inputs = [(new Shape(1, 4, 6), DType.Float32)];
        OnnxExport.Save(_path, Function, inputs);
        OnnxModel model = OnnxModel.Load(_path);
        string[] wanted = second is null ? [first] : [first, second];
        Assert.Equal(wanted, model.Outputs.Select(port => string.Join(", ", port.Axes!)));
        foreach (int batch in new[] { 2, 5 })
        {
            Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(batch), new Shape(batch, 4, 6));
            Assert.Equal(Function([x]).Select(y => Convert.ToHexString(y.ToBytes())), model.Run(x).Select(y => Convert.ToHexString(y.ToBytes())));
        }
    }

    [Fact]
    public void Angles_come_back_within_rounding()
    {
        static Tensor[] Function(Tensor[] x) => [Tensor.Atan2(x[0], x[0].Flip(1))];
        (Shape, DType)[] inputs = [(new Shape(1, 8), DType.Float32)];
        OnnxExport.Save(_path, Function, inputs);

        // The quotient and the sum are rounded: two units in the last place of π.
        Assert.InRange(OnnxRoundTrip.Of(_path, Function, inputs).Relative, 0, 4e-7);
    }

    [Fact]
    public void What_came_with_later_versions_is_named_where_they_are_not_asked_for()
    {
        string message = Assert.Throws<OnnxException>(() => OnnxExport.Save(_path, x => Functions["puts along"](x[0]), [(new Shape(1, 4, 6), DType.Float32)], new OnnxExportOptions(13))).Message;
        Assert.Equal("ONNX: Scatter (2) cannot be written as operators of version 13. Replace them, or export the part before them.", message);
    }

    static Tensor[] Stacked(Tensor x)
    {
        (Tensor carry, Tensor output) = Control.Loop(x.Sum([1]), x.Permute(1, 0, 2), (total, row) => (total + row, total * row), reverse: true);
        return [carry, output];
    }

    static Tensor Pool(Tensor x, ReduceKind kind) => new(Op.ReduceWindow(x.Node, new WindowAttributes(kind, [2, 3], [1, 2], [1, 0], [0, 1])));
}
