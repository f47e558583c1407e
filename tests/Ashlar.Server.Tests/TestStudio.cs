using System.Net;
using System.Text;
using System.Text.Json;
using Ashlar.Lab;
using Microsoft.AspNetCore.TestHost;

namespace Ashlar.Server.Tests;

/// <summary>A studio without a network, over a folder of its own.</summary>
sealed class TestStudio : IAsyncDisposable
{
    readonly bool _ownsFolder;

    TestStudio(Studio studio, string folder, List<string> log, bool ownsFolder)
    {
        (Studio, Folder, Log, _ownsFolder) = (studio, folder, log, ownsFolder);
        Client = studio.Application.GetTestClient();
        Client.BaseAddress = new Uri("http://localhost/");
    }

    public Studio Studio { get; }

    public string Folder { get; }

    public LabFolder Lab => new(Folder);

    public List<string> Log { get; }

    public HttpClient Client { get; }

    public static async Task<TestStudio> Start(string? token = null, string? folder = null)
    {
        bool owns = folder is null;
        folder ??= Path.Combine(Directory.CreateTempSubdirectory("ashlar-studio-").FullName, ".ashlar");
        var log = new List<string>();
        Studio studio = Studio.Create(
            new StudioOptions(folder)
            {
                Token = token,
                Log = line =>
                {
                    lock (log)
                    {
                        log.Add(line);
                    }
                },
            },
            host => host.UseTestServer());
        await studio.Application.StartAsync();
        return new TestStudio(studio, folder, log, owns);
    }

    /// <summary>A run's folder with run.json and nothing else.</summary>
    public RunFolder AddRun(int number, RunState state = RunState.Finished, IReadOnlyDictionary<string, MetricSummary>? metrics = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        DateTimeOffset start = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddSeconds(number);
        return RunFolder.Create(Lab, new RunFile(
            RunId.New(start), $"run {number}", start, ProcessRecord.Current, Folder, ["ashlar", "train", "digits"], tags ?? new Dictionary<string, string>(), metrics ?? new Dictionary<string, MetricSummary>(), State: state));
    }

    public async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends and gives status and body.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Send(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Studio.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        }
    }
}
