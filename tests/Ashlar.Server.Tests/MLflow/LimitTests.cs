using System.Net;
using System.Text;
using System.Text.Json;

namespace Ashlar.Server.Tests.MLflow;

public sealed class LimitTests
{
    [Theory]
    [InlineData(1001, 0, 0, "A batch logging request can contain at most 1000 metrics.")]
    [InlineData(0, 101, 0, "A batch logging request can contain at most 100 params.")]
    [InlineData(0, 0, 101, "A batch logging request can contain at most 100 tags.")]
    [InlineData(950, 50, 1, "A batch logging request can contain at most 1000 metrics, params, and tags.")]
    public async Task A_batch_has_limits_and_one_over_them_writes_nothing(int metrics, int parameters, int tags, string message)
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();

        (HttpStatusCode status, JsonElement error) = await client.Post("runs/log-batch", new
        {
            run_id = id,
            metrics = Enumerable.Range(0, metrics).Select(i => new { key = "m", value = i, timestamp = 1, step = i }),
            @params = Enumerable.Range(0, parameters).Select(i => new { key = $"p{i}", value = "v" }),
            tags = Enumerable.Range(0, tags).Select(i => new { key = $"t{i}", value = "v" }),
        });

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (status, error.GetProperty("error_code").GetString()));
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.Run(id)).GetProperty("data").GetProperty("metrics").EnumerateArray());
    }

    [Fact]
    public async Task A_batch_of_the_full_size_is_taken()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();

        await client.Done("runs/log-batch", new { run_id = id, metrics = Enumerable.Range(0, 1000).Select(i => new { key = $"metric {i}", value = 0.1 * i, timestamp = 1, step = i }) });

        Assert.Equal(1000, (await client.Run(id)).GetProperty("data").GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task A_request_over_a_megabyte_is_refused()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);

        (HttpStatusCode status, JsonElement error) = await client.Send(HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch", new StringContent(new string(' ', 1_000_001)));
        (HttpStatusCode more, _) = await client.Send(HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch", new StringContent(new string(' ', 3_000_000)));

        Assert.Equal((HttpStatusCode.BadRequest, "Batched logging API requests must be at most 1000000 bytes, got a request of size 1000001."), (status, error.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, more);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"run_id\":5}")]
    [InlineData("{\"metrics\":{}}")]
    [InlineData("{\"metrics\":[5]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":1,\"timestamp\":1")]
    [InlineData("{\"metrics\":[{\"key\":5,\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":\"high\",\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":true,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":1,\"timestamp\":-1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":1,\"timestamp\":1.5}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\",\"value\":1,\"timestamp\":1,\"step\":99999999999999999999}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"../a\",\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"/a\",\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"a\\u0000b\",\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"metrics\":[{\"key\":\"\",\"value\":1,\"timestamp\":1}]}")]
    [InlineData("{\"params\":[{\"key\":\"a\",\"value\":{}}]}")]
    [InlineData("{\"params\":[{\"value\":\"a\"}]}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public async Task A_body_of_another_form_is_refused_with_a_400(string body)
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);

        (HttpStatusCode status, JsonElement error) = await client.Send(HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Empty(studio.Log);
    }

    [Fact]
    public async Task Long_keys_and_values_are_refused()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();

        foreach ((string path, object body) in (List<(string, object)>)
        [
            ("runs/log-metric", new { run_id = id, key = new string('a', 251), value = 1, timestamp = 1 }),
            ("runs/log-parameter", new { run_id = id, key = new string('a', 251), value = "1" }),
            ("runs/log-parameter", new { run_id = id, key = "a", value = new string('a', 6001) }),
            ("runs/set-tag", new { run_id = id, key = "a", value = new string('a', 8001) }),
            ("experiments/create", new { name = new string('a', 501) }),
        ])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.Post(path, body)).Status);
        }
    }

    [Fact]
    public async Task Random_bodies_never_break_the_server()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();
        byte[] whole = Encoding.UTF8.GetBytes($$"""{"run_id":"{{id}}","metrics":[{"key":"loss","value":0.5,"timestamp":1,"step":1}],"params":[{"key":"a","value":"b"}],"tags":[]}""");
        ulong state = 7;
        for (int i = 0; i < 400; i++)
        {
            byte[] body = (byte[])whole.Clone();
            for (int j = 0; j < 3; j++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                body[(int)((state >> 33) % (ulong)body.Length)] = (byte)(state >> 24);
            }

            (HttpStatusCode status, _) = await client.Send(HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch", new ByteArrayContent(body));
            Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
        }

        Assert.Empty(studio.Log);
        Assert.NotNull((await client.Run(id)).GetProperty("info").GetProperty("run_id").GetString());
    }
}
