using System.Net;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Tests.MLflow;

public sealed class TrackingTests
{
    static readonly string[] Usual = ["0"];

    [Fact]
    public async Task What_a_client_logs_is_an_ordinary_run()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun("0", "first", ("mlflow.source.name", "train.py"));
        await client.Done("runs/log-parameter", new { run_uuid = id, run_id = id, key = "lr", value = "0.1" });
        for (int step = 0; step < 3; step++)
        {
            await client.Done("runs/log-metric", new { run_uuid = id, run_id = id, key = "loss", value = 1.0 / (step + 3), timestamp = 1_795_000_000_000L + step, step });
        }

        await client.Done("runs/set-tag", new { run_uuid = id, run_id = id, key = "stage", value = "try" });
        JsonElement ended = await client.Done("runs/update", new { run_uuid = id, run_id = id, status = "FINISHED", end_time = 1_795_000_009_000L });

        RunRecord run = studio.Lab.Find(id);
        Assert.Equal("FINISHED", ended.GetProperty("run_info").GetProperty("status").GetString());
        Assert.Equal(("first", "default", RunState.Finished), (run.Name, run.Experiment, run.State));
        Assert.Equal("0.1", run.Settings["lr"].GetString());
        Assert.Equal(("try", "train.py", "ann"), (run.Tags["stage"], run.Tags["mlflow.source.name"], run.Tags["mlflow.user"]));
        Assert.Equal((3, 0.2), (run.Metrics["loss"].Count, run.Metrics["loss"].Last));
        Assert.Equal([1.0 / 3, 0.25, 0.2], EventFolder.Read(run.Files.EventsPath).OfType<ScalarEvent>().Select(point => point.Value));
        Assert.Equal(1, (await studio.Get("/api/runs?where=" + Uri.EscapeDataString("params.lr < 0.5 and metrics.loss < 0.3"))).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_run_comes_back_as_it_was_logged()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();
        await client.Done("runs/log-batch", new
        {
            run_id = id,
            metrics = new object[]
            {
                new { key = "loss", value = 0.1, timestamp = 1_795_000_000_123L, step = 7 },
                new { key = "val/loss", value = "NaN", timestamp = "1795000000124", step = "8" },
                new { key = "größe", value = "-Infinity", timestamp = 1_795_000_000_125L },
            },
            @params = new[] { new { key = "model.width", value = "64" } },
            tags = new[] { new { key = "note", value = "a \"quoted\" text" } },
        });

        JsonElement data = (await client.Run(id)).GetProperty("data");

        Assert.Equal(
            """[{"key":"größe","value":"-Infinity","timestamp":1795000000125,"step":0},{"key":"loss","value":0.1,"timestamp":1795000000123,"step":7},{"key":"val/loss","value":"NaN","timestamp":1795000000124,"step":8}]""",
            Sorted(data.GetProperty("metrics")));
        Assert.Equal("""[{"key":"model.width","value":"64"}]""", data.GetProperty("params").GetRawText());
        Assert.Contains(data.GetProperty("tags").EnumerateArray(), tag => tag.GetProperty("key").GetString() == "note" && tag.GetProperty("value").GetString() == "a \"quoted\" text");
    }

    [Fact]
    public async Task The_history_of_a_metric_comes_in_pages()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();
        for (int batch = 0; batch < 3; batch++)
        {
            await client.Done("runs/log-batch", new { run_id = id, metrics = Enumerable.Range(1000 * batch, 1000).Select(i => new { key = "loss", value = i + 0.1, timestamp = 1_795_000_000_000L + i, step = i }) });
        }

        var values = new List<double>();
        string token = "";
        int pages = 0;
        do
        {
            (_, JsonElement page) = await client.Get("metrics/get-history", ("run_id", id), ("metric_key", "loss"), ("max_results", "700"), ("page_token", token));
            values.AddRange(page.GetProperty("metrics").EnumerateArray().Select(point => point.GetProperty("value").GetDouble()));
            token = page.TryGetProperty("next_page_token", out JsonElement next) ? next.GetString()! : "";
            pages++;
        }
        while (token.Length > 0);
        (_, JsonElement all) = await client.Get("metrics/get-history", ("run_id", id), ("metric_key", "loss"));

        Assert.Equal(5, pages);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i + 0.1), values);
        Assert.Equal(3000, all.GetProperty("metrics").GetArrayLength());
        Assert.False(all.TryGetProperty("next_page_token", out _));
    }

    [Fact]
    public async Task A_parameter_is_logged_once()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();
        await client.Done("runs/log-parameter", new { run_id = id, key = "lr", value = "0.1" });
        await client.Done("runs/log-parameter", new { run_id = id, key = "lr", value = "0.1" });

        (HttpStatusCode status, JsonElement error) = await client.Post("runs/log-parameter", new { run_id = id, key = "lr", value = "0.2" });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("INVALID_PARAMETER_VALUE", error.GetProperty("error_code").GetString());
        Assert.Equal($"Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='{id}'. Attempted logging new value '0.2'.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Experiments_are_made_found_renamed_deleted_and_restored()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        (HttpStatusCode missing, JsonElement error) = await client.Get("experiments/get-by-name", ("experiment_name", "vision"));
        string id = (await client.Done("experiments/create", new { name = "vision", tags = new[] { new { key = "team", value = "a" } } })).GetProperty("experiment_id").GetString()!;
        (HttpStatusCode again, JsonElement exists) = await client.Post("experiments/create", new { name = "vision" });
        string run = await client.CreateRun(id);
        await client.Done("experiments/update", new { experiment_id = id, new_name = "sight" });
        await client.Done("experiments/set-experiment-tag", new { experiment_id = id, key = "team", value = "b" });

        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name 'vision'"), (missing, error.GetProperty("error_code").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS"), (again, exists.GetProperty("error_code").GetString()));
        Assert.Equal("sight", studio.Lab.Find(run).Experiment);
        (_, JsonElement named) = await client.Get("experiments/get-by-name", ("experiment_name", "sight"));
        Assert.Equal((id, "active", "b"), (named.GetProperty("experiment").GetProperty("experiment_id").GetString(), named.GetProperty("experiment").GetProperty("lifecycle_stage").GetString(), named.GetProperty("experiment").GetProperty("tags")[0].GetProperty("value").GetString()));

        await client.Done("experiments/delete", new { experiment_id = id });
        Assert.Equal(["Default"], await Experiments(client, "ACTIVE_ONLY"));
        Assert.Equal(["sight"], await Experiments(client, "DELETED_ONLY"));
        Assert.Empty(studio.Lab.Runs());
        await client.Done("experiments/restore", new { experiment_id = id });
        Assert.Equal(["sight", "Default"], await Experiments(client, "ALL"));
        Assert.Single(studio.Lab.Runs());
        (_, JsonElement filtered) = await client.Post("experiments/search", new { filter = "name ILIKE 'SI%' AND tags.team = 'b'", max_results = 10 });
        Assert.Single(filtered.GetProperty("experiments").EnumerateArray());
    }

    [Fact]
    public async Task Runs_are_searched_by_filter_order_and_page()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        var ids = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            string id = await client.CreateRun("0", $"run-{i}");
            ids.Add(id);
            await client.Done("runs/log-batch", new { run_id = id, metrics = new[] { new { key = "accuracy", value = 0.5 + (0.1 * i), timestamp = 1L, step = 1 } }, @params = new[] { new { key = "lr", value = i % 2 == 0 ? "0.1" : "0.01" } } });
        }

        await client.Done("runs/delete", new { run_id = ids[0] });

        Assert.Equal([ids[4], ids[2]], await Search(client, "metrics.accuracy > 0.6 and params.lr = '0.1'", "metrics.accuracy DESC"));
        Assert.Equal([ids[1], ids[2], ids[3], ids[4]], await Search(client, "", "metric.accuracy ASC"));
        Assert.Equal([ids[3]], await Search(client, "attributes.run_name LIKE 'run-%' AND attributes.status = 'RUNNING' AND run_id IN ('" + ids[3] + "', 'x')", "start_time"));
        Assert.Equal([ids[0]], await Search(client, "", "start_time", "DELETED_ONLY"));
        Assert.Equal(5, (await Search(client, "", "start_time", "ALL")).Count);
        await client.Done("runs/restore", new { run_id = ids[0] });
        Assert.Equal(5, (await Search(client, "", "start_time")).Count);
    }

    [Theory]
    [InlineData("metrics.accuracy >")]
    [InlineData("metrics.accuracy > 'high'")]
    [InlineData("params.lr > 0.1")]
    [InlineData("accuracy > 0.9")]
    [InlineData("model.x = 'a'")]
    [InlineData("metrics.a > 1 or metrics.b > 1")]
    [InlineData("params.'lr = 'a'")]
    public async Task A_filter_that_is_none_is_refused(string filter)
    {
        await using TestStudio studio = await TestStudio.Start();

        (HttpStatusCode status, JsonElement error) = await new MlflowClient(studio.Client).Post("runs/search", new { experiment_ids = Usual, filter });

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (status, error.GetProperty("error_code").GetString()));
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_form_of_the_protocol()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);

        (HttpStatusCode run, JsonElement noRun) = await client.Get("runs/get", ("run_id", "20260101-000000-aaaaaa"));
        (HttpStatusCode route, JsonElement noRoute) = await client.Post("registered-models/create", new { name = "x" });
        (HttpStatusCode needed, JsonElement noId) = await client.Post("runs/log-batch", new { metrics = Array.Empty<object>() });
        (HttpStatusCode body, JsonElement noJson) = await client.Send(HttpMethod.Post, "/api/2.0/mlflow/runs/search", new StringContent("{"));

        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=20260101-000000-aaaaaa not found"), (run, noRun.GetProperty("error_code").GetString(), noRun.GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND"), (route, noRoute.GetProperty("error_code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "Missing value for required parameter 'run_id'. See the API docs for more information about request parameters."), (needed, noId.GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), (body, noJson.GetProperty("error_code").GetString()));
    }

    static string Sorted(JsonElement metrics) => $"[{string.Join(',', metrics.EnumerateArray().OrderBy(metric => metric.GetProperty("key").GetString(), StringComparer.Ordinal).Select(metric => metric.GetRawText()))}]";

    static async Task<List<string>> Experiments(MlflowClient client, string view) =>
        [.. (await client.Done("experiments/search", new { view_type = view, max_results = 100 })).GetProperty("experiments").EnumerateArray().Select(experiment => experiment.GetProperty("name").GetString()!)];

    static async Task<List<string>> Search(MlflowClient client, string filter, string order, string view = "ACTIVE_ONLY")
    {
        var found = new List<string>();
        string? token = null;
        do
        {
            JsonElement page = await client.Done("runs/search", new { experiment_ids = Usual, filter, run_view_type = view, max_results = 2, order_by = new[] { order }, page_token = token });
            found.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("info").GetProperty("run_id").GetString()!));
            token = page.TryGetProperty("next_page_token", out JsonElement next) ? next.GetString() : null;
        }
        while (token is not null);
        return found;
    }
}
