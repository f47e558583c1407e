using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>Tells pages what happens to runs while it happens: server-sent events.</summary>
sealed class WatchApi
{
    // A reader that sleeps loses the oldest news; it asks for the table again anyway when it wakes up.
    const int MostWaiting = 4096;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    readonly RunIndex _index;
    readonly CancellationToken _stopping;
    int _watchers;

    /// <param name="index">Knows the runs.</param>
    /// <param name="stopping">Ends all streams.</param>
    public WatchApi(RunIndex index, CancellationToken stopping) => (_index, _stopping) = (index, stopping);

    /// <summary>How many listen now.</summary>
    public int Watchers => _watchers;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/events", Watch);

    async Task Watch(HttpContext context)
    {
        var news = Channel.CreateBounded<RunChange>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        void Take(RunChange change) => news.Writer.TryWrite(change);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        _index.Changed += Take;
        Interlocked.Increment(ref _watchers);
        try
        {
            await context.Response.WriteAsync("retry: 1000\n\n", ending.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(ending.Token).ConfigureAwait(false);
            while (!ending.IsCancellationRequested)
            {
                await Send(context, await Next(news.Reader, ending.Token).ConfigureAwait(false), ending.Token).ConfigureAwait(false);

                // What happens meanwhile is told together: at most four times a second for each run.
                await Task.Delay(Pause, ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server stops.
        }
        finally
        {
            _index.Changed -= Take;
            Interlocked.Decrement(ref _watchers);
        }
    }

    static async Task<List<RunChange>> Next(ChannelReader<RunChange> news, CancellationToken stop)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(stop);
        beat.CancelAfter(Heartbeat);
        try
        {
            await news.WaitToReadAsync(beat.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return [];
        }

        var once = new Dictionary<RunChange, int>();
        while (news.TryRead(out RunChange change))
        {
            once[change] = once.Count;
        }

        return [.. once.OrderBy(item => item.Value).Select(item => item.Key)];
    }

    static async Task Send(HttpContext context, List<RunChange> changes, CancellationToken stop)
    {
        var text = new StringBuilder(changes.Count == 0 ? ": still here\n\n" : "");
        foreach (RunChange change in changes)
        {
            // Ids are plain letters (see RunFolders), so they stand in JSON as they are.
            text.Append(CultureInfo.InvariantCulture, $"event: run\ndata: {{\"id\":\"{change.Id}\",\"kind\":\"{change.Kind}\"}}\n\n");
        }

        await context.Response.WriteAsync(text.ToString(), stop).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
    }
}
