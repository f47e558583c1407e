using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ashlar.Cli.Tests;

public sealed class StudioCommandTests
{
    [Fact]
    public async Task Points_that_were_acknowledged_outlive_a_studio_that_is_killed()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-studio-").FullName;
        var acknowledged = new List<int>();
        string run = "";
        for (int life = 0; life < 3; life++)
        {
            using Process studio = Start(folder, out HttpClient client);
            using (client)
            {
                run = run.Length > 0 ? run : (await Post(client, "runs/create", """{"experiment_id":"0"}""")).GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
                Assert.Equal(acknowledged, await Steps(client, run, acknowledged.Count));
                using var killer = new Timer(_ => studio.Kill(), null, TimeSpan.FromMilliseconds(300 + (150 * life)), Timeout.InfiniteTimeSpan);
                try
                {
                    for (int step = acknowledged.Count; ; step++)
                    {
                        await Post(client, "runs/log-batch", string.Create(CultureInfo.InvariantCulture, $$"""{"run_id":"{{run}}","metrics":[{"key":"loss","value":{{step}},"timestamp":1,"step":{{step}}}]}"""));
                        acknowledged.Add(step);
                    }
                }
                catch (HttpRequestException)
                {
                    // Killed. A point on its way may be there or not; the next life begins behind what was acknowledged.
                }

                studio.WaitForExit();
            }
        }

        using Process last = Start(folder, out HttpClient reader);
        using (reader)
        {
            Assert.NotEmpty(acknowledged);
            Assert.Equal(acknowledged, await Steps(reader, run, acknowledged.Count));
        }

        last.Kill();
        last.WaitForExit();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("--port 70000", 2, "error: studio: --port is 70000. Pass 0 to 65535.\n")]
    [InlineData("--address 0.0.0.0", 1, "error: studio: 0.0.0.0 can be reached from other machines, and there is no token. Give one with --token, or stay at 127.0.0.1.\n")]
    [InlineData("--folder nowhere", 1, "error: studio: there is no folder nowhere. Pass the one that holds the runs or event files.\n")]
    public void What_cannot_be_is_said(string arguments, int code, string message)
    {
        ToolResult result = Tool.Run("studio " + arguments);

        Assert.Equal((code, message), (result.Code, result.Errors));
    }

    static Process Start(string folder, out HttpClient client)
    {
        Process studio = Tool.Start($"studio --port 0 --folder {folder}", new Dictionary<string, string>());
        string address = studio.StandardOutput.ReadLine()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        client = new HttpClient { BaseAddress = new Uri(address) };
        return studio;
    }

    static async Task<JsonElement> Post(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri("/api/2.0/mlflow/" + path, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    // A point that came through without its acknowledgement was sent again in the next life: equal steps count once.
    static async Task<int[]> Steps(HttpClient client, string run, int most)
    {
        byte[] answer = await client.GetByteArrayAsync(new Uri($"/api/2.0/mlflow/metrics/get-history?run_id={run}&metric_key=loss", UriKind.Relative));
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("step").GetInt32()).Distinct().Take(most)];
    }
}
