using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar.Server.Tests.MLflow;

/// <summary>Sends what MLflow's Python client sends: POST with JSON, GET with a query, numbers of 64 bits as numbers, run_uuid beside run_id.</summary>
sealed class MlflowClient(HttpClient http)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, object body) => Send(HttpMethod.Post, $"/api/2.0/mlflow/{path}", new StringContent(JsonSerializer.Serialize(body, Plain), Encoding.UTF8, "application/json"));

    public Task<(HttpStatusCode Status, JsonElement Body)> Get(string path, params (string Name, string Value)[] query) =>
        Send(HttpMethod.Get, $"/api/2.0/mlflow/{path}?{string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"))}", null);

    public async Task<JsonElement> Done(string path, object body)
    {
        (HttpStatusCode status, JsonElement answer) = await Post(path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {answer}");
        return answer;
    }

    public async Task<string> CreateRun(string experiment = "0", string name = "run", params (string Key, string Value)[] tags)
    {
        JsonElement answer = await Done("runs/create", new
        {
            experiment_id = experiment,
            user_id = "ann",
            start_time = 1_795_000_000_000L,
            tags = tags.Select(tag => new { key = tag.Key, value = tag.Value }),
            run_name = name,
        });
        return answer.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    public async Task<JsonElement> Run(string id)
    {
        (HttpStatusCode status, JsonElement answer) = await Get("runs/get", ("run_uuid", id), ("run_id", id));
        Assert.Equal(HttpStatusCode.OK, status);
        return answer.GetProperty("run");
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
