using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Ashlar.Server.Tests.MLflow;

public sealed class ArtifactTests
{
    const string Root = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task Files_go_up_are_listed_and_come_down()
    {
        await using TestStudio studio = await TestStudio.Start();
        var client = new MlflowClient(studio.Client);
        string id = await client.CreateRun();
        string uri = (await client.Run(id)).GetProperty("info").GetProperty("artifact_uri").GetString()!;
        string place = $"{Root}/{uri["mlflow-artifacts:/".Length..]}";
        byte[] bytes = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31))];

        await client.Send(HttpMethod.Put, $"{place}/model/weights.bin", new ByteArrayContent(bytes));
        await client.Send(HttpMethod.Put, $"{place}/a%20file.txt", new ByteArrayContent("hello"u8.ToArray()));

        (_, JsonElement top) = await client.Get("artifacts/list", ("run_id", id));
        (_, JsonElement below) = await client.Get("artifacts/list", ("run_id", id), ("path", "model"));
        (_, JsonElement proxied) = await client.Send(HttpMethod.Get, $"{Root}?path={Uri.EscapeDataString(uri["mlflow-artifacts:/".Length..] + "/model")}", null);
        Assert.Equal("""[{"path":"a file.txt","is_dir":false,"file_size":5},{"path":"model","is_dir":true}]""", top.GetProperty("files").GetRawText());
        Assert.Equal("""[{"path":"model/weights.bin","is_dir":false,"file_size":3000000}]""", below.GetProperty("files").GetRawText());
        Assert.Equal("""[{"path":"weights.bin","is_dir":false,"file_size":3000000}]""", proxied.GetProperty("files").GetRawText());
        using HttpResponseMessage down = await studio.Client.GetAsync(new Uri($"{place}/model/weights.bin", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await down.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", down.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(bytes, await studio.Client.GetByteArrayAsync(new Uri($"/api/runs/{id}/artifacts/model/weights.bin", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    // Paths as a server sees them behind every decoding, whatever a client or proxy would have made of them.
    [Theory]
    [InlineData("../../../secret")]
    [InlineData("a/../../secret")]
    [InlineData("./secret")]
    [InlineData("/etc/secret")]
    [InlineData("a\0secret")]
    [InlineData("c:\\secret")]
    [InlineData("a\\..\\secret")]
    [InlineData("CON")]
    [InlineData(" / ")]
    [InlineData("")]
    public async Task A_name_that_leads_elsewhere_is_refused_and_touches_nothing(string name)
    {
        await using TestStudio studio = await TestStudio.Start();
        string id = await new MlflowClient(studio.Client).CreateRun();
        string[] before = Everything(studio.Folder);

        HttpContext put = await studio.Studio.Application.GetTestServer().SendAsync(context =>
        {
            context.Request.Method = "PUT";
            context.Request.Host = new HostString("localhost");
            context.Request.Path = $"{Root}/0/{id}/artifacts/{name}";
            context.Request.Body = new MemoryStream("evil"u8.ToArray());
        }, TestContext.Current.CancellationToken);

        Assert.True(put.Response.StatusCode is >= 400 and < 500, $"{put.Response.StatusCode}");
        Assert.Equal(before, Everything(studio.Folder));
    }

    [Theory]
    [InlineData("0/..%2f..%2fx/artifacts/a")]
    [InlineData("0/20260101-000000-aaaaaa/artifacts/a")]
    [InlineData("0/x/models/a")]
    [InlineData("a")]
    public async Task A_place_of_no_run_is_refused(string place)
    {
        await using TestStudio studio = await TestStudio.Start();

        (HttpStatusCode put, JsonElement error) = await new MlflowClient(studio.Client).Send(HttpMethod.Put, $"{Root}/{place}", new ByteArrayContent([1]));
        (HttpStatusCode get, _) = await new MlflowClient(studio.Client).Send(HttpMethod.Get, $"{Root}/{place}", null);

        Assert.True((int)put is 400 or 404 && (int)get is 400 or 404);
        Assert.NotEmpty(error.GetProperty("error_code").GetString()!);
    }

    static string[] Everything(string folder) => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(path => !Path.GetFileName(path).StartsWith("index.db", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
