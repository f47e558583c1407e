using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Server.Tests;

public sealed class ColumnsApiTests
{
    [Fact]
    public async Task Names_of_metrics_and_tags_are_given_once_for_all_runs()
    {
        await using TestStudio studio = await TestStudio.Start();
        studio.AddRun(1, metrics: new Dictionary<string, MetricSummary> { ["loss"] = MetricSummary.Of(1, 1) }, tags: new Dictionary<string, string> { ["owner"] = "ann" });
        studio.AddRun(2, metrics: new Dictionary<string, MetricSummary> { ["accuracy"] = MetricSummary.Of(1, 1), ["loss"] = MetricSummary.Of(2, 1) });

        JsonElement columns = await studio.Get("/api/columns");

        Assert.Equal(["accuracy", "loss"], columns.GetProperty("metrics").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["owner"], columns.GetProperty("tags").EnumerateArray().Select(name => name.GetString()));
        Assert.Empty(columns.GetProperty("params").EnumerateArray());
    }
}
