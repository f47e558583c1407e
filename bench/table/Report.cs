using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>Writes results as lines of a table and as JSON.</summary>
static class Report
{
    /// <summary>How results are written and read.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Head => $"{"row",-52} {"T",2} {"product",10} {"peer",10}  {"ratio",6} {"quartiles",13} {"out=",6} {"target",6}  verdict  peer";

    public static string Line(Result row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Name + " " + row.Size,-52} {row.Threads,2} {Quantity(row.Product, row.Unit),10} {Quantity(row.Peer, row.Unit),10}  {row.Ratio,6:0.00} {Range(row),13} {(row.Beside is null ? "" : row.Beside.Ratio.ToString("0.00", CultureInfo.InvariantCulture)),6} {row.Target,6:0.00}  {row.Verdict,-7}  {row.PeerName}{Built(row)}{Wrong(row)}");

    public static string Summary(IReadOnlyCollection<Result> rows)
        => string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows: {rows.Count(row => row.Verdict == "met")} met, {rows.Count(row => row.Verdict == "short")} short ({rows.Count(row => row.Ratio < 0.7)} below 0.7), {rows.Count(row => row.Verdict == "wrong")} wrong");

    public static void Save(string file, JsonObject machine, IEnumerable<Result> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, Document(machine, rows));
    }

    /// <summary>A file of results.</summary>
    public static string Document(JsonObject machine, IEnumerable<Result> rows)
        => new JsonObject { ["machine"] = machine.DeepClone(), ["rows"] = JsonSerializer.SerializeToNode(rows, Json) }.ToJsonString(Json) + "\n";

    static string Range(Result row) => string.Create(CultureInfo.InvariantCulture, $"{row.Low:0.00}-{row.High:0.00}");

    static string Built(Result row) => row.AsBuilt is { } built ? string.Create(CultureInfo.InvariantCulture, $"; as built {Quantity(built.Product, row.Unit)}, {built.Ratio:0.00}") : "";

    static string Wrong(Result row) => row.Verdict == "wrong" ? string.Create(CultureInfo.InvariantCulture, $"; error {row.Error:0.0e0} above {row.Bound:0.0e0}, the peer's {row.PeerError:0.0e0}") : "";

    /// <summary>A figure with its unit, seconds as people read them.</summary>
    public static string Quantity(double value, string unit) => unit != "s" ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}")
        : value < 1e-6 ? string.Create(CultureInfo.InvariantCulture, $"{value * 1e9:0} ns")
        : value < 1e-3 ? string.Create(CultureInfo.InvariantCulture, $"{value * 1e6:0.0} us")
        : value < 1 ? string.Create(CultureInfo.InvariantCulture, $"{value * 1e3:0.00} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.00} s");
}
