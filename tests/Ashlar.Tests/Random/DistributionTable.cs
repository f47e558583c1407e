using System.Text.Json;

namespace Ashlar.Tests.Random;

/// <summary>Recorded distributions and whether samples follow them: tools/vectors/distributions.py.</summary>
static class DistributionTable
{
    public static JsonElement Root { get; } = Read();

    /// <summary>How many cells the values of a continuous distribution fall into, with equal probability.</summary>
    public const int Cells = 64;

    /// <summary>χ² of the counts between recorded quantiles, brought to mean 0 and deviation 1 by Wilson and Hilferty 1931: above 3.1 for one of 1,000 true samples.</summary>
    public static double Continuous(double[] samples, JsonElement row) =>
        Score(samples, Numbers(row.GetProperty("quantiles")), [.. Enumerable.Range(1, Cells - 1).Select(i => (double)i / Cells)]);

    /// <summary>The same of counts; a cell ends with each recorded number.</summary>
    public static double Discrete(double[] samples, JsonElement row) =>
        Score(samples, Numbers(row.GetProperty("upTo")), Numbers(row.GetProperty("below")));

    /// <summary>sup |Fₙ - F| · √n over the recorded quantiles; above 1.95 for fewer than one of 1,000 true samples.</summary>
    public static double KolmogorovSmirnov(double[] samples, JsonElement row)
    {
        double[] ends = Numbers(row.GetProperty("quantiles"));
        return ends.Select((end, i) => Math.Abs((samples.Count(x => x <= end) / (double)samples.Length) - ((i + 1.0) / Cells))).Max() * Math.Sqrt(samples.Length);
    }

    public static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];

    static double Score(double[] samples, double[] ends, double[] below)
    {
        var counts = new double[ends.Length + 1];
        foreach (double x in samples)
        {
            int cell = Array.BinarySearch(ends, x);
            counts[cell < 0 ? ~cell : cell]++;
        }

        double[] edges = [0, .. below, 1];
        double square = counts.Select((count, i) => (count, expected: (edges[i + 1] - edges[i]) * samples.Length)).Sum(cell => (cell.count - cell.expected) * (cell.count - cell.expected) / cell.expected);
        double freedom = ends.Length;
        return (Math.Cbrt(square / freedom) - (1 - (2 / (9 * freedom)))) / Math.Sqrt(2 / (9 * freedom));
    }

    static JsonElement Read()
    {
        using Stream stream = typeof(DistributionTable).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.distributions.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
