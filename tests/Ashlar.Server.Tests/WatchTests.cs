using Ashlar.Lab;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Tests;

public sealed class WatchTests
{
    [Fact]
    public async Task A_page_hears_what_happens_to_runs()
    {
        await using TestStudio studio = await TestStudio.Start();
        await studio.Get("/api/runs");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using HttpResponseMessage response = await studio.Client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var news = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("retry: 1000", await news.ReadLineAsync(patience.Token));

        RunFolder run = studio.AddRun(1, RunState.Running);
        studio.Studio.Index.Look();
        Assert.Equal($$"""data: {"id":"{{run.Id}}","kind":"new"}""", await Data(news, "new", patience.Token));

        using (EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main")))
        {
            log.Scalar("loss", 1, 1);
        }

        studio.Studio.Index.FollowAll(TimeSpan.FromSeconds(5));
        Assert.Equal($$"""data: {"id":"{{run.Id}}","kind":"points"}""", await Data(news, "points", patience.Token));

        run.Update(file => file with { State = RunState.Finished });
        studio.Studio.Index.Renew(run.Id);
        Assert.Equal($$"""data: {"id":"{{run.Id}}","kind":"finished"}""", await Data(news, "finished", patience.Token));

        Directory.Delete(run.Path, recursive: true);
        studio.Studio.Index.Look();
        Assert.Equal($$"""data: {"id":"{{run.Id}}","kind":"removed"}""", await Data(news, "removed", patience.Token));
    }

    static async Task<string> Data(StreamReader news, string kind, CancellationToken patience)
    {
        while (await news.ReadLineAsync(patience) is { } line)
        {
            if (line.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }
}
