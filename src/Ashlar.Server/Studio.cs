using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ashlar.Lab;
using Ashlar.Lab.Storage;
using Ashlar.Server.Api;
using Ashlar.Server.Index;
using Ashlar.Server.MLflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ashlar.Server;

/// <summary>The web server of the studio: page, API, live events.</summary>
public sealed class Studio : IAsyncDisposable
{
    // No file is uploaded through the studio's own API; routes that take files set their own limit.
    const long LargestRequest = 4 << 20;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LongPause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    readonly WebApplication _application;
    readonly RunIndex _index;
    readonly MetricLogs _logs = new(TimeProvider.System);
    readonly CancellationTokenSource _stopping = new();
    readonly StudioOptions _options;
    OnnxApi? _onnx;
    readonly WatchApi _watch;
    long _lastAsked = Stopwatch.GetTimestamp();
    Task _follower = Task.CompletedTask;

    Studio(WebApplication application, RunIndex index, StudioOptions options)
    {
        (_application, _index, _options) = (application, index, options);
        _watch = new WatchApi(index, _stopping.Token);
    }

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Makes a studio; <see cref="StartAsync"/> opens it.</summary>
    /// <param name="options">Where it listens and what it shows.</param>
    /// <exception cref="ArgumentException">The address is none, or is not the machine's own and there is no token.</exception>
    /// <exception cref="IOException">The folder can neither be read nor its index be kept anywhere.</exception>
    public static Studio Create(StudioOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out IPAddress? address))
        {
            throw new ArgumentException($"studio: the address '{options.Address}' is none. Give one such as 127.0.0.1, ::1 or 0.0.0.0.");
        }

        if (!IPAddress.IsLoopback(address) && string.IsNullOrEmpty(options.Token))
        {
            throw new ArgumentException($"studio: {options.Address} can be reached from other machines, and there is no token. Give one with --token, or stay at 127.0.0.1.");
        }

        return Create(options, host => host.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Listen(address, options.Port, listener => listener.Protocols = HttpProtocols.Http1);
        }));
    }

    /// <summary>Opens it.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _application.StartAsync(cancellation).ConfigureAwait(false);
        _follower = Task.Run(() => Follow(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Closes it: requests under way are ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _follower.ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await _application.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
        _logs.Dispose();
        _onnx?.Dispose();
        _index.Dispose();
        _stopping.Dispose();
    }

    internal static Studio Create(StudioOptions options, Action<IWebHostBuilder> configure)
    {
        // Without files of settings, environment variables and log providers: nothing in the working directory decides how this server behaves.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        configure(builder.WebHost);
        WebApplication application = builder.Build();
        var studio = new Studio(application, new RunIndex(options.Folder, options.Log, TimeProvider.System), options);
        studio.Route();
        return studio;
    }

    internal WebApplication Application => _application;

    internal RunIndex Index => _index;

    void Route()
    {
        var gate = new RequestGate(_options, _options.Log);
        var faults = new FaultReplies(_options.Log);
        _application.Use((context, next) =>
        {
            Volatile.Write(ref _lastAsked, Stopwatch.GetTimestamp());
            return SecurityHeaders.Add(context, next);
        });
        _application.Use((context, next) => faults.Guard(context, next));
        _application.Use((context, next) => gate.Check(context, next));
        _application.UseRouting();
        var store = new ArtifactStore(Path.Combine(_options.Folder, "store"));
        var bin = new RunBin(_options.Folder, _index);
        new RunsApi(_index, bin, sha256 => Open(store, sha256)).Map(_application);
        new ColumnsApi(_index).Map(_application);
        new SeriesApi(_index).Map(_application);
        new FilesApi(_index, sha256 => Open(store, sha256)).Map(_application);
        _onnx = new OnnxApi(_index, sha256 => Open(store, sha256));
        _onnx.Map(_application);
        new MediaApi(_index).Map(_application);
        new CompareApi(_index).Map(_application);
        new SweepsApi(_index, Path.Combine(_options.Folder, "sweeps")).Map(_application);
        _watch.Map(_application);
        _application.MapGet("/api/version", Version);
        if (_index.Folders.IsLab)
        {
            RouteMlflow(store, bin);
        }

        _application.Map("/api/{**rest}", (RequestDelegate)(context => Reply.Error(context, 404, $"{context.Request.Method} {context.Request.Path}: there is no such part of the API. Runs are at /api/runs.")));
        var page = new PageFiles(_options.PageFolder);
        _application.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], page.Answer);
        _application.UseEndpoints(_ => { });
    }

    void RouteMlflow(ArtifactStore store, RunBin bin)
    {
        var book = new RunBook(new LabFolder(_options.Folder), _index, bin, TimeProvider.System);
        var experiments = new ExperimentBook(_options.Folder, _index, TimeProvider.System);
        var routes = new MlflowRoutes(_application, _index, _options.Log);
        new MlflowExperiments(experiments, _index, bin).Map(routes);
        new MlflowRuns(book, experiments, _index, bin, _logs).Map(routes);
        new MlflowLogging(book, _logs).Map(routes);
        new MlflowArtifacts(book, store, TimeProvider.System).Map(routes);
        routes.Rest();
    }

    static FileStream? Open(ArtifactStore store, string sha256)
    {
        // Hashes stand in files that anybody may have written: one that is none names no file.
        string? path = ArtifactStore.IsHash(sha256) ? store.PathOf(sha256) : null;
        return path is not null && File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true) : null;
    }

    Task Version(HttpContext context) => Reply.Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("ashlar", typeof(Studio).Assembly.GetName().Version!.ToString(3));
        json.WriteString("folder", Path.GetFullPath(_options.Folder));
        json.WriteBoolean("lab", _index.Folders.IsLab);
        json.WriteBoolean("writer", _index.IsWriter);
        json.WriteEndObject();
    });

    async Task Follow(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long begin = Stopwatch.GetTimestamp();
            bool more = false;
            try
            {
                _index.Refresh();
                more = _index.FollowAll(Turn);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The files may be in any state; the next look may find them better.
                _options.Log(string.Create(CultureInfo.InvariantCulture, $"looking at {_options.Folder}: {e.Message}"));
            }

            // Looking takes at most a tenth of one core, and half of it while runs are read for the first time. Where nobody looks, every question looks by itself.
            TimeSpan took = Stopwatch.GetElapsedTime(begin);
            bool isAlone = _watch.Watchers == 0 && Stopwatch.GetElapsedTime(Volatile.Read(ref _lastAsked)) > LeftAlone;
            TimeSpan pause = more ? took : isAlone ? LongPause : took * 9 > Pause ? took * 9 : Pause;
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
