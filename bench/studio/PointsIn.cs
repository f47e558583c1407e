using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ashlar.Bench.Core;

namespace Ashlar.Bench.Studio;

/// <summary>How many points a second MLflow's log-batch takes over HTTP, acknowledged when they are on the disk.</summary>
static class PointsIn
{
    const int Batch = 1000;
    const int Rounds = 5;

    public static async Task Measure(Report report)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("ashlar-bench-").FullName, ".ashlar");
        Directory.CreateDirectory(folder);
        using (var studio = new StudioProcess(folder))
        {
            await Task.Delay(1500);
            report.Say(string.Create(CultureInfo.InvariantCulture, $"\nidle, empty folder: {studio.Megabytes:0} MB"));
            report.Head("points through log-batch, 1000 a request");
            foreach (int clients in (int[])[1, 4, 16])
            {
                string[] runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => CreateRun(studio)));
                byte[][] bodies = [.. runs.Select(Body)];
                int requests = 400 / clients;
                await Send(studio, bodies, Math.Max(10, requests / 4));
                var wall = new Samples();
                var processor = new Samples();
                for (int round = 0; round < Rounds; round++)
                {
                    double before = studio.ProcessorSeconds;
                    long start = Stopwatch.GetTimestamp();
                    await Send(studio, bodies, requests);
                    double points = (double)clients * requests * Batch;
                    wall.Add(points / Stopwatch.GetElapsedTime(start).TotalSeconds);
                    processor.Add(points / (studio.ProcessorSeconds - before));
                }

                report.Add($"{clients} clients, a second", wall, "k points", 1e-3);
                report.Add($"{clients} clients, a second of the server's processor", processor, "k points", 1e-3);
            }

            report.Say(string.Create(CultureInfo.InvariantCulture, $"memory afterwards: {studio.Megabytes:0} MB"));
        }

        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    static Task Send(StudioProcess studio, byte[][] bodies, int requests) => Task.WhenAll(bodies.Select(async body =>
    {
        for (int i = 0; i < requests; i++)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using HttpResponseMessage response = await studio.Client.PostAsync(new Uri("/api/2.0/mlflow/runs/log-batch", UriKind.Relative), content);
            response.EnsureSuccessStatusCode();
        }
    }));

    static async Task<string> CreateRun(StudioProcess studio)
    {
        using var content = new StringContent("""{"experiment_id":"0","start_time":1795000000000,"run_name":"bench"}""");
        using HttpResponseMessage response = await studio.Client.PostAsync(new Uri("/api/2.0/mlflow/runs/create", UriKind.Relative), content);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    // As MLflow's Python client writes it, blanks included.
    static byte[] Body(string run)
    {
        var text = new StringBuilder($"{{\"run_id\": \"{run}\", \"metrics\": [");
        for (int i = 0; i < Batch; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}{{\"key\": \"layer{i % 20}/loss\", \"value\": {1.0 / (i + 3)}, \"timestamp\": {1_795_000_000_000 + i}, \"step\": {i / 20}}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("], \"params\": [], \"tags\": []}").ToString());
    }
}
