using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Tests.Index;

public sealed class SeriesTests
{
    [Fact]
    public async Task A_short_series_is_exact()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        Log(run, "loss", Enumerable.Range(0, 100).Select(i => (long)i), step => 1.0 / (step + 3));

        JsonElement series = (await studio.Get($"/api/series?runs={run.Id}&metric=loss&pixels=800")).GetProperty("series")[0];

        Assert.True(series.GetProperty("exact").GetBoolean());
        Assert.Equal(100, series.GetProperty("total").GetInt32());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 1.0 / (i + 3)), Numbers(series, "value"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), Numbers(series, "step"));
    }

    [Fact]
    public async Task A_long_series_comes_with_two_points_a_pixel_and_every_spike()
    {
        const int Count = 300_000, Pixels = 100;
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        int[] spikes = [7, 63, 64, 4095, 150_001, 299_999];
        Log(run, "loss", Enumerable.Range(0, Count).Select(i => (long)i), step => spikes.Contains((int)step) ? 1000 + step : step % 97);

        JsonElement series = (await studio.Get($"/api/series?runs={run.Id}&metric=loss&pixels={Pixels}")).GetProperty("series")[0];

        double[] values = [.. Numbers(series, "value")];
        Assert.False(series.GetProperty("exact").GetBoolean());
        Assert.Equal(Count, series.GetProperty("total").GetInt32());
        Assert.InRange(values.Length, Pixels, 2 * Pixels);
        Assert.Equal(Numbers(series, "step").Order(), Numbers(series, "step"));

        // Of several spikes in one column the highest is shown; of each column the least too.
        Assert.Contains(1000.0 + 4095, values);
        Assert.Contains(1000.0 + 150_001, values);
        Assert.Contains(1000.0 + 299_999, values);
        Assert.True(values.Count(value => value == 0) >= Pixels * 9 / 10);
    }

    [Fact]
    public async Task A_part_of_a_long_series_is_exact_when_it_fits()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        Log(run, "loss", Enumerable.Range(0, 200_000).Select(i => (long)i * 2), step => step + 0.1);

        JsonElement series = (await studio.Get($"/api/series?runs={run.Id}&metric=loss&pixels=100&from=199001&to=199201")).GetProperty("series")[0];

        Assert.True(series.GetProperty("exact").GetBoolean());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 199_002.0 + (2 * i)), Numbers(series, "step"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 199_002.0 + (2 * i) + 0.1), Numbers(series, "value"));
    }

    [Fact]
    public async Task Points_that_a_resumed_run_writes_again_are_shown_once()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        Log(run, "loss", Enumerable.Range(0, 5000).Select(i => (long)i), _ => 1);
        Assert.Equal(5000, (await Series(studio, run)).GetProperty("total").GetInt32());

        Log(run, "loss", Enumerable.Range(3000, 1000).Select(i => (long)i), _ => 2, firstStep: 3000);

        JsonElement series = await Series(studio, run);
        Assert.Equal(4000, series.GetProperty("total").GetInt32());
        Assert.Equal(Enumerable.Range(0, 4000).Select(i => (double)i), Numbers(series, "step"));
        Assert.Equal(Enumerable.Repeat(1.0, 3000).Concat(Enumerable.Repeat(2.0, 1000)), Numbers(series, "value"));
        JsonElement metric = (await studio.Get($"/api/runs/{run.Id}/metrics"))[0];
        Assert.Equal((4000, 2.0, 1.0, 2.0), (metric.GetProperty("count").GetInt32(), metric.GetProperty("last").GetDouble(), metric.GetProperty("min").GetDouble(), metric.GetProperty("max").GetDouble()));
    }

    [Fact]
    public async Task Growing_files_are_followed_and_a_torn_end_waits()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1, RunState.Running);
        Log(run, "loss", [0, 1, 2], step => step);
        string file = Directory.GetFiles(run.EventsPath, "*", SearchOption.AllDirectories).Single();
        byte[] whole = File.ReadAllBytes(file);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            await Series(studio, run);
        }

        Assert.Equal([0, 1, 2], Numbers(await Series(studio, run), "value"));

        // A torn end is known to have been read; an index that is made anew reads what is before it again.
        File.AppendAllText(file, "torn");
        await Series(studio, run);
        studio.Studio.Index.Rebuild("a test wants it");
        Assert.Equal([0, 1, 2], Numbers(await Series(studio, run), "value"));
    }

    [Fact]
    public async Task Folders_of_event_files_of_other_tools_are_runs()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-foreign-").FullName;
        foreach (string name in (string[])[".", "lr=0.1/train", "lr=0.1/a b"])
        {
            using EventLog log = EventLog.Create(Path.Combine(folder, name));
            log.Write(new HyperparametersEvent(1, new Dictionary<string, object> { ["lr"] = 0.1, ["name"] = name, ["wide"] = true }));
            log.Scalar("loss", name.Length, 1);
        }

        await using (TestStudio studio = await TestStudio.Start(folder: folder))
        {
            JsonElement table = await studio.Get("/api/runs?sort=name");
            studio.Studio.Index.FollowAll(TimeSpan.FromSeconds(10));
            string id = table.GetProperty("runs")[0].GetProperty("id").GetString()!;

            Assert.Equal(["lr=0.1/a b", "lr=0.1/train", "root"], table.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
            Assert.Equal("lr=0.1~2fa~20b", id);
            Assert.Equal([10.0], Numbers((await studio.Get($"/api/series?runs={Uri.EscapeDataString(id)}&metric=loss")).GetProperty("series")[0], "value"));
            Assert.Equal(1, (await studio.Get("/api/runs?where=" + Uri.EscapeDataString("params.lr < 0.5 and params.wide = true and params.name = '.'"))).GetProperty("total").GetInt32());
            Assert.False(File.Exists(Path.Combine(folder, "index.db")));
        }

        Directory.Delete(folder, recursive: true);
    }

    static void Log(RunFolder run, string metric, IEnumerable<long> steps, Func<long, double> value, long? firstStep = null)
    {
        using EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main"), firstStep);
        foreach (long step in steps)
        {
            log.Scalar(metric, value(step), step);
        }
    }

    static async Task<JsonElement> Series(TestStudio studio, RunFolder run) =>
        (await studio.Get($"/api/series?runs={run.Id}&metric=loss&pixels=4000")).GetProperty("series")[0];

    static IEnumerable<double> Numbers(JsonElement series, string name) => series.GetProperty(name).EnumerateArray().Select(item => item.GetDouble());
}
