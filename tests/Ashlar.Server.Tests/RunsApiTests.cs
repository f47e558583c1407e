using System.Net;
using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Server.Tests;

public sealed class RunsApiTests
{
    [Fact]
    public async Task Runs_are_listed_newest_first_with_their_metrics()
    {
        await using TestStudio studio = await TestStudio.Start();
        for (int i = 0; i < 3; i++)
        {
            studio.AddRun(i, metrics: new Dictionary<string, MetricSummary> { ["accuracy"] = MetricSummary.Of(0.5 + (0.1 * i), 10) });
        }

        JsonElement table = await studio.Get("/api/runs?limit=2");

        Assert.Equal(3, table.GetProperty("total").GetInt32());
        Assert.Equal(["run 2", "run 1"], table.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        Assert.Equal(0.7, table.GetProperty("runs")[0].GetProperty("metrics").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public async Task Runs_are_filtered_and_sorted_as_on_the_command_line()
    {
        await using TestStudio studio = await TestStudio.Start();
        double[] values = [0.9, double.NaN, 0.95, 0.1];
        for (int i = 0; i < values.Length; i++)
        {
            studio.AddRun(i, metrics: new Dictionary<string, MetricSummary> { ["accuracy"] = MetricSummary.Of(values[i], 1) }, tags: new Dictionary<string, string> { ["stage"] = i % 2 == 0 ? "try" : "final" });
        }

        JsonElement best = await studio.Get("/api/runs?where=" + Uri.EscapeDataString("metrics.accuracy > 0.5 and tags.stage = 'try'") + "&sort=-metrics.accuracy");
        JsonElement all = await studio.Get("/api/runs?sort=metrics.accuracy");
        JsonElement nan = await studio.Get("/api/runs?where=" + Uri.EscapeDataString("metrics.accuracy = nan"));

        Assert.Equal(["run 2", "run 0"], Names(best));
        Assert.Equal(["run 3", "run 0", "run 2", "run 1"], Names(all));
        Assert.Equal(["run 1"], Names(nan));
        Assert.Equal(JsonValueKind.Null, nan.GetProperty("runs")[0].GetProperty("metrics").GetProperty("accuracy").ValueKind);
    }

    [Fact]
    public async Task A_run_is_renamed_tagged_and_moved_to_the_bin()
    {
        await using TestStudio studio = await TestStudio.Start();
        string id = studio.AddRun(1).Id;

        (HttpStatusCode changed, string body) = await studio.Send(HttpMethod.Patch, $"/api/runs/{id}", """{"name": "better", "tags": {"stage": "final"}}""");
        (HttpStatusCode untagged, _) = await studio.Send(HttpMethod.Patch, $"/api/runs/{id}", """{"tags": {"stage": null}}""");
        JsonElement run = await studio.Get($"/api/runs/{id}");
        (HttpStatusCode deleted, _) = await studio.Send(HttpMethod.Delete, $"/api/runs/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (changed, untagged, deleted));
        Assert.Contains("\"stage\":\"final\"", body, StringComparison.Ordinal);
        Assert.Equal("better", run.GetProperty("name").GetString());
        Assert.Empty(run.GetProperty("tags").EnumerateObject());
        Assert.True(File.Exists(Path.Combine(studio.Folder, "trash", id, "run.json")));
        Assert.Equal(0, (await studio.Get("/api/runs")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("""{"name": 3}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"name": ""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"tags": {"a": 1}}""", HttpStatusCode.BadRequest)]
    public async Task A_change_that_is_none_is_refused(string json, HttpStatusCode expected)
    {
        await using TestStudio studio = await TestStudio.Start();
        string id = studio.AddRun(1).Id;

        Assert.Equal(expected, (await studio.Send(HttpMethod.Patch, $"/api/runs/{id}", json)).Status);
        Assert.Equal("run 1", (await studio.Get($"/api/runs/{id}")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused()
    {
        await using TestStudio studio = await TestStudio.Start();
        string id = studio.AddRun(1).Id;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await studio.Send(HttpMethod.Patch, $"/api/runs/{id}", new string(' ', 2 << 20))).Status);
    }

    [Fact]
    public async Task A_damaged_run_is_shown_with_its_damage_and_hides_no_other()
    {
        await using TestStudio studio = await TestStudio.Start();
        studio.AddRun(1);
        RunFolder damaged = studio.AddRun(2);
        File.WriteAllText(damaged.RunPath, "{\"format\":");
        Directory.SetLastWriteTimeUtc(damaged.Path, DateTime.UnixEpoch);

        JsonElement table = await studio.Get("/api/runs");

        Assert.Equal(2, table.GetProperty("total").GetInt32());
        Assert.Contains("is damaged", table.GetProperty("runs")[0].GetProperty("damage").GetString(), StringComparison.Ordinal);
    }

    static IEnumerable<string?> Names(JsonElement table) => table.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString());
}
