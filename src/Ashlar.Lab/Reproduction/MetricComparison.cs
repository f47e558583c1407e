using System.Globalization;
using Ashlar.Lab.Events;

namespace Ashlar.Lab.Reproduction;

/// <summary>All logged numbers of two runs beside one another, bit by bit.</summary>
static class MetricComparison
{
    /// <summary>Whether a metric is about the machine and not about the result: <c>system/…</c>, and rates a second.</summary>
    public static bool IsOfMachine(string name) => name.StartsWith("system/", StringComparison.Ordinal) || name.EndsWith("_per_second", StringComparison.Ordinal);

    public static IEnumerable<VerdictRow> Rows(RunRecord recorded, RunRecord reproduced)
    {
        SortedDictionary<string, List<ScalarEvent>> was = Points(recorded), now = Points(reproduced);
        foreach (string name in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            List<ScalarEvent> a = was.GetValueOrDefault(name, []), b = now.GetValueOrDefault(name, []);
            string claim = $"metric {name}", first = Text(a), second = Text(b);
            int equal = a.Zip(b).TakeWhile(pair => pair.First.Step == pair.Second.Step && IsSame(pair.First.Value, pair.Second.Value)).Count();
            yield return equal == a.Count && equal == b.Count
                ? new VerdictRow(claim, first, second, "", Verdict.Equal)
                : VerdictRow.Differs(claim, first, second, Difference(a, b, equal));
        }
    }

    static string Difference(List<ScalarEvent> a, List<ScalarEvent> b, int equal) =>
        equal == a.Count || equal == b.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{a.Count} points against {b.Count}")
            : string.Create(CultureInfo.InvariantCulture, $"{b[^1].Value - a[^1].Value:+0.######;-0.######;0}; first at step {Math.Min(a[equal].Step, b[equal].Step)}: {a[equal].Value:R} against {b[equal].Value:R}");

    static SortedDictionary<string, List<ScalarEvent>> Points(RunRecord run)
    {
        var points = new SortedDictionary<string, List<ScalarEvent>>(StringComparer.Ordinal);
        foreach (ScalarEvent point in EventFolder.Read(run.Files.EventsPath).OfType<ScalarEvent>().Where(point => !IsOfMachine(point.Tag)))
        {
            points.TryAdd(point.Tag, []);
            points[point.Tag].Add(point);
        }

        return points;
    }

    static string Text(List<ScalarEvent> points) => points.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{points[^1].Value:R} ({points.Count} {(points.Count == 1 ? "point" : "points")})");

    static bool IsSame(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
