using System.Diagnostics;
using System.Text.Json;

namespace Ashlar.Tests.Printing;

public sealed class TensorTextTests
{
    static readonly JsonElement[] Cases = Read();

    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, Cases.Length)];

    [Theory, MemberData(nameof(Recorded))]
    public void A_tensor_is_written_as_NumPy_writes_it(int number)
    {
        JsonElement row = Cases[number];
        DType type = DTypeFacts.All.Single(dtype => dtype.Name == row.GetProperty("dtype").GetString());
        var shape = new Shape([.. row.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())]);
        Tensor x = row.GetProperty("bytes").GetString() is { } hex
            ? Tensor.FromBytes(Convert.FromHexString(hex), type, shape)
            : Tensor.Arange(shape.Size).Reshape(shape.Extents).To(type);
        string text = x.ToString(Number("precision"), Number("threshold"), Number("edge"), Number("width"));
        Assert.Equal(row.GetProperty("text").GetString(), text);

        int Number(string name) => row.GetProperty(name).GetInt32();
    }

    [Fact]
    public void A_traced_tensor_has_no_elements_to_write()
    {
        string text = "";
        Transform.Vmap(x =>
        {
            text = x.ToString();
            return x;
        })(Tensor.Zeros(new Shape(2, 3)));
        Assert.Equal("float32[3], not computed", text);
    }

    [Fact]
    public void A_debugger_does_not_evaluate()
    {
        Tensor x = Tensor.Arange(3) + 1;
        var shown = (DebuggerDisplayAttribute)Attribute.GetCustomAttribute(typeof(Tensor), typeof(DebuggerDisplayAttribute))!;
        Assert.Equal("{DebuggerText,nq}", shown.Value);
        var text = typeof(Tensor).GetProperty("DebuggerText", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!;
        Assert.Equal("int32[3], not computed", text.GetValue(x));
        Assert.Null(x.Node.Value);
        Assert.Equal("[1 2 3]", x.ToString());
        Assert.Equal("int32[3]", text.GetValue(x));
    }

    [Fact]
    public void Wrong_settings_are_refused() =>
        Assert.StartsWith("ToString: precision 8, threshold 1000, edge items 0", Assert.Throws<ArgumentException>(() => Tensor.Arange(3).ToString(8, edgeItems: 0)).Message);

    static JsonElement[] Read()
    {
        using Stream stream = typeof(TensorTextTests).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.printing.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.EnumerateArray()];
    }
}
