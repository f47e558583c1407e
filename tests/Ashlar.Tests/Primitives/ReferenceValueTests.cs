using System.Text.Json;
using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Window;
using Ashlar.Schedule;

namespace Ashlar.Tests.Primitives;

/// <summary>Against values recorded by tools/vectors/numpy_values.py; all numbers are exact, so equality is asked for.</summary>
public sealed class ReferenceValueTests : IDisposable
{
    static readonly JsonElement Recorded = Read();

    readonly IDisposable _reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });

    public void Dispose() => _reference.Dispose();

    [Fact]
    public void Products_are_NumPys() => AssertEqual("matmul", (_, x) => x[0].MatMul(x[1]));

    [Fact]
    public void Sums_broadcast_as_NumPys() => AssertEqual("add", (_, x) => x[0] + x[1]);

    [Fact]
    public void Convolutions_are_NumPys() => AssertEqual("conv", (row, x) =>
    {
        int[] Both(string name) => [row.GetProperty(name).GetInt32(), row.GetProperty(name).GetInt32()];
        return new Tensor(new Node(ConvPrimitive.Instance, [x[0].Node, x[1].Node], new ConvAttributes(Both("stride"), Both("padding"), Both("padding"), [1, 1], Both("dilation"))));
    });

    [Fact]
    public void Pooling_is_NumPys() => AssertEqual("pool", (row, x) =>
    {
        int[] Both(string name) => [row.GetProperty(name).GetInt32(), row.GetProperty(name).GetInt32()];
        var kind = Enum.Parse<ReduceKind>(row.GetProperty("kind").GetString()!);
        return new Tensor(new Node(ReduceWindowPrimitive.Instance, [x[0].Node], new WindowAttributes(kind, Both("window"), Both("stride"), Both("padding"), Both("padding"))));
    });

    static void AssertEqual(string kind, Func<JsonElement, Tensor[], Tensor> compute)
    {
        foreach (JsonElement row in Recorded.GetProperty(kind).EnumerateArray())
        {
            foreach (DType type in (DType[])[DType.Float32, DType.Float64])
            {
                Tensor actual = compute(row, [.. row.GetProperty("inputs").EnumerateArray().Select(input => Of(input).To(type))]);
                Tensor expected = Of(row.GetProperty("result"));
                Assert.Equal(type, actual.DType);
                Assert.Equal(expected.Shape, actual.Shape);
                Assert.Equal(expected.ToArray<double>(), actual.To(DType.Float64).ToArray<double>());
            }
        }
    }

    static Tensor Of(JsonElement numbers) => Tensor.From(
        [.. numbers.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())],
        [.. numbers.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())]);

    static JsonElement Read()
    {
        using Stream stream = typeof(ReferenceValueTests).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.numpy_values.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
