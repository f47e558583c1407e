using System.Text.Json;
using static Ashlar.Tests.Indexing.IndexingVectors;

namespace Ashlar.Tests.Indexing;

/// <summary>Random index expressions, read and written, against NumPy.</summary>
public sealed class IndexerValueTests
{
    [Fact]
    public void Elements_are_those_that_NumPy_takes()
    {
        foreach (JsonElement row in Root.GetProperty("index").EnumerateArray())
        {
            Require(row.GetProperty("entries").GetRawText(), row.GetProperty("result"), Counted(row).Pick(Entries(row)));
        }
    }

    [Fact]
    public void Updates_are_those_of_NumPy()
    {
        foreach (JsonElement row in Root.GetProperty("index").EnumerateArray())
        {
            TensorUpdate chosen = Counted(row).At.Pick(Entries(row));
            Tensor values = Of(row.GetProperty("values"));
            JsonElement updated = row.GetProperty("updated");
            string what = row.GetProperty("entries").GetRawText();
            Require("set " + what, updated.GetProperty("Set"), chosen.Set(values));
            Require("add " + what, updated.GetProperty("Add"), chosen.Add(values));
            Require("multiply " + what, updated.GetProperty("Multiply"), chosen.Multiply(values));
            Require("max " + what, updated.GetProperty("Max"), chosen.Max(values));
            Require("min " + what, updated.GetProperty("Min"), chosen.Min(values));
            Require("get " + what, row.GetProperty("result"), chosen.Get());
        }
    }

    static Tensor Counted(JsonElement row)
    {
        int[] shape = [.. row.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        return Tensor.Arange(new Shape(shape).Size).To(DType.Float64).Reshape(shape);
    }

    static TensorIndex[] Entries(JsonElement row) => [.. row.GetProperty("entries").EnumerateArray().Select(Entry)];

    static TensorIndex Entry(JsonElement entry)
    {
        int? Bound(int i) => entry[i].ValueKind == JsonValueKind.Null ? null : entry[i].GetInt32();
        return entry[0].GetString() switch
        {
            "ellipsis" => TensorIndex.Ellipsis,
            "none" => TensorIndex.None,
            "position" => entry[1].GetInt32(),
            "slice" => TensorIndex.Slice(Bound(1), Bound(2), entry[3].GetInt32()),
            _ => Of(entry[1]),
        };
    }
}
