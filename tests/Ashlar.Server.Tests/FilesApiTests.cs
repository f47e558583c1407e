using System.Net;
using System.Text;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Server.Tests;

public sealed class FilesApiTests
{
    [Fact]
    public async Task The_console_is_read_in_parts_as_it_grows()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        File.WriteAllText(run.LogPath, "first\nsecond\nhalf a li");

        JsonElement part = await studio.Get($"/api/runs/{run.Id}/log");
        File.AppendAllText(run.LogPath, "ne\n");
        JsonElement rest = await studio.Get($"/api/runs/{run.Id}/log?from={part.GetProperty("next").GetInt64()}");

        Assert.Equal("first\nsecond\n", part.GetProperty("text").GetString());
        Assert.Equal("half a line\n", rest.GetProperty("text").GetString());
        Assert.Equal(rest.GetProperty("size").GetInt64(), rest.GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task Sources_and_artifacts_come_by_their_listed_names_and_no_others()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        var store = new ArtifactStore(Path.Combine(studio.Folder, "store"));
        string source = store.Add("class A;"u8), page = store.Add("<script>alert(1)</script>"u8);
        run.Write(new CodeRecord("a.cs", [new CodeFile("src/a.cs", source, 8), new CodeFile("evil", "../../etc/passwd", 1)], null, []));
        run.Append(new ArtifactRecord("page.html", page, 25, "text/html", null, DateTimeOffset.UnixEpoch));

        Assert.Equal("class A;", (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/code/file?path=src/a.cs")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/code/file?path=../run.json")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/code/file?path=evil")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/artifacts/..%2frun.json")).Status);
        using HttpResponseMessage artifact = await studio.Client.GetAsync(new Uri($"/api/runs/{run.Id}/artifacts/page.html", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/octet-stream", artifact.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", artifact.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Pictures_texts_histograms_and_graphs_come_from_the_event_files()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];
        using (EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main")))
        {
            log.Write(new ImageEvent("sample", 1, 5, 2, 2, png));
            log.Write(new ImageEvent("page", 1, 5, 2, 2, Encoding.ASCII.GetBytes("<svg onload=alert(1)>")));
            log.Write(new TextEvent("note", 3, 5, "hello"));
            log.Write(new HistogramEvent("weights", 4, 5, [0, 1], [2, 3], -1, 1, 1, 1, 5));
            log.Write(new GraphEvent("", 0, 5, GraphDefinition.Write([new GraphNode("a", "Input", [], []), new GraphNode("b", "Relu", ["a"], [new("shape", "[1, 2]")])])));
        }

        JsonElement images = await studio.Get($"/api/runs/{run.Id}/images?tag=sample");
        using HttpResponseMessage image = await studio.Client.GetAsync(new Uri($"/api/runs/{run.Id}/image/{images[0].GetProperty("number").GetInt64()}", UriKind.Relative), TestContext.Current.CancellationToken);
        long page = (await studio.Get($"/api/runs/{run.Id}/images?tag=page"))[0].GetProperty("number").GetInt64();

        Assert.Equal(png, await image.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/image/{page}")).Status);
        Assert.Equal("hello", (await studio.Get($"/api/runs/{run.Id}/text"))[0].GetProperty("text").GetString());
        Assert.Equal("[2,3]", (await studio.Get($"/api/runs/{run.Id}/histograms?metric=weights"))[0].GetProperty("counts").GetRawText());
        Assert.Equal("""[["a","b"]]""", (await studio.Get($"/api/runs/{run.Id}/graph")).GetProperty("before").GetProperty("edges").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await studio.Get($"/api/runs/{run.Id}/confusion")).ValueKind);
    }

    [Fact]
    public async Task A_corrupt_event_file_shows_what_is_before_the_damage()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = studio.AddRun(1);
        using (EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main")))
        {
            for (int step = 0; step < 1000; step++)
            {
                log.Scalar("loss", step, step);
            }
        }

        string file = Directory.GetFiles(run.EventsPath, "*", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, "events.out.tfevents.9999999999.evil"), new string('\xFF', 100_000));

        JsonElement series = (await studio.Get($"/api/series?runs={run.Id}&metric=loss&pixels=4000")).GetProperty("series")[0];

        Assert.InRange(series.GetProperty("total").GetInt32(), 450, 500);
        Assert.Equal(Enumerable.Range(0, series.GetProperty("total").GetInt32()), series.GetProperty("step").EnumerateArray().Select(step => step.GetInt32()));
    }

    [Fact]
    public async Task Runs_are_compared_section_by_section()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder a = studio.AddRun(1, metrics: new Dictionary<string, MetricSummary> { ["loss"] = MetricSummary.Of(1, 1) }), b = studio.AddRun(2, metrics: new Dictionary<string, MetricSummary> { ["loss"] = MetricSummary.Of(2, 1) });

        JsonElement compared = await studio.Get($"/api/compare?runs={a.Id},{b.Id}");

        Assert.Equal(["configuration", "code", "data", "environment", "metrics"], compared.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("name").GetString()));
        Assert.Equal("""{"name":"loss","values":[1,2],"differs":true}""", compared.GetProperty("sections")[4].GetProperty("rows")[0].GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/compare?runs={a.Id},x")).Status);
    }
}
