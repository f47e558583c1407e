namespace Ashlar.Lab.Tests;

/// <summary>Run folders as tests need them.</summary>
static class SomeRun
{
    public static RunFile File(string id, params (string Name, double Value)[] metrics) => new(
        id, "some", new DateTimeOffset(2026, 11, 22, 9, 30, 11, 123, TimeSpan.Zero), ProcessRecord.Current, "somewhere", ["ashlar", "run", "some.cs"],
        new Dictionary<string, string>(), metrics.ToDictionary(metric => metric.Name, metric => MetricSummary.Of(metric.Value, 7)));

    public static RunFolder Create(LabFolder lab, string id, params (string Name, double Value)[] metrics) => RunFolder.Create(lab, File(id, metrics));
}
