using System.Text.Json;
using static Ashlar.Tests.Indexing.IndexingVectors;

namespace Ashlar.Tests.Indexing;

/// <summary>Sorting, scans, sets, searches and statistics against recorded values. Elements are multiples of 1/8, so all but quotients, logarithms and interpolations are exact.</summary>
public sealed class FunctionValueTests
{
    // A mean or an interpolation is a few roundings; NumPy and PyTorch round elsewhere.
    const double FewRoundings = 1e-15;

    // Sums of exponentials in another order; the logarithm is near 1 here.
    const double Exponentials = 1e-13;

    public static TheoryData<string> Names => [.. Root.GetProperty("call").EnumerateArray().Select(row => row.GetProperty("name").GetString()!).Distinct()];

    [Theory, MemberData(nameof(Names))]
    public void Values_are_those_recorded(string name)
    {
        foreach (JsonElement row in Root.GetProperty("call").EnumerateArray().Where(row => row.GetProperty("name").GetString() == name))
        {
            JsonElement given = row.GetProperty("arguments");
            Tensor[] x = [.. row.GetProperty("operands").EnumerateArray().Select(Of)];
            Tensor[] actual = Call(name, x, given);
            JsonElement[] expected = [.. row.GetProperty("results").EnumerateArray()];
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Require($"{name} {given.GetRawText()} of {x[0].Shape}, result {i}", expected[i], actual[i], name switch
                {
                    "Nan" or "Quantile" or "Histogram" => FewRoundings,
                    "LogCumSumExp" => Exponentials,
                    _ => 0,
                });
            }
        }
    }

    static Tensor[] Call(string name, Tensor[] x, JsonElement given)
    {
        int Number(string argument) => given.GetProperty(argument).GetInt32();
        int axis = given.TryGetProperty("axis", out JsonElement at) ? at.GetInt32() : 0;
        switch (name)
        {
            case "Sort": return [x[0].Sort(axis), x[0].ArgSort(axis)];
            case "SortDescending": return [x[0].Sort(axis, descending: true), x[0].ArgSort(axis, descending: true)];
            case "CumSum": return [x[0].CumSum(axis)];
            case "CumProd": return [x[0].CumProd(axis)];
            case "CumMax": return [x[0].CumMax(axis)];
            case "CumMin": return [x[0].CumMin(axis)];
            case "LogCumSumExp": return [x[0].LogCumSumExp(axis)];
            case "Roll": return [x[0].Roll(Number("shift"), axis)];
            case "Repeat": return [x[0].Repeat(Number("count"), axis)];
            case "RepeatCounts": return [x[0].Repeat(x[1], axis)];
            case "Diff": return [x[0].Diff(Number("count"), axis)];
            case "TakeAlongAxis": return [x[0].TakeAlongAxis(x[1], axis)];
            case "Take": return [x[0].Take(x[1], axis)];
            case "Mode": return [x[0].Mode(axis)];
            case "Median": return [x[0].Median(axis), x[0].Median()];
            case "Nan": return [x[0].NanSum([axis]), x[0].NanMean([axis]), x[0].NanMedian(axis)];
            case "Tile": return [x[0].Tile(2), x[0].Tile(2, 1, 3)];
            case "IsIn": return [x[0].IsIn(x[1])];
            case "Nonzero": return x[0].Nonzero();
            case "Counts": return [x[0].CountNonzero(), x[0].Any(), x[0].All()];
            case "SearchSorted": return [x[0].SearchSorted(x[1]), x[0].SearchSorted(x[1], right: true)];
            case "Digitize": return [x[0].Digitize(x[1]), x[0].Digitize(x[1], right: true)];
            case "Bucketize": return [x[0].Bucketize(x[1]), x[0].Bucketize(x[1], right: true)];
            case "Bincount": return [x[0].Bincount(), x[0].Bincount(x[1]), x[0].Bincount(length: 9)];
            case "MeshGrid": return [.. Tensor.MeshGrid(x), .. Tensor.MeshGrid(x, "ij")];
            case "TopK":
                (Tensor best, Tensor places) = x[0].TopK(Number("k"), axis, given.GetProperty("largest").GetBoolean());
                return [best, places];
            case "KthValue":
                (Tensor value, Tensor place) = x[0].KthValue(Number("k"), axis);
                return [value, place];
            case "Unique":
                (Tensor values, Tensor indices, Tensor inverse, Tensor counts) = x[0].UniqueAll();
                return [values, indices, inverse, counts];
            case "Quantile":
                var method = Enum.Parse<QuantileMethod>(given.GetProperty("method").GetString()!, ignoreCase: true);
                double q = given.GetProperty("q").GetDouble();
                return [x[0].Quantile(q, axis, method), x[1].Quantile(q, method: method)];
            case "Histogram":
                (Tensor ten, Tensor edges) = x[0].Histogram();
                (Tensor five, Tensor fiveEdges) = x[0].Histogram(5, (-1, 1));
                return [ten, edges, five, fiveEdges, x[0].Histogram(Tensor.From([-2, -0.5, 0, 0.25, 1], 5)), x[0].Histogram(4, weights: x[0]).Counts];
            default: throw new InvalidOperationException($"{name} is recorded, but not called here.");
        }
    }
}
