using System.Globalization;
using System.Net;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Tests.Page;

namespace Ashlar.Server.Tests;

public sealed class OnnxApiTests
{
    [Fact]
    public async Task A_graph_comes_with_nodes_edges_and_facts()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = new ExampleLab(studio.Folder).AddOnnx(("digits.onnx", OnnxModels.Network()));
        JsonElement graph = await studio.Get($"/api/runs/{run.Id}/onnx?name=digits.onnx");
        string[] kinds = [.. graph.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("operation").GetString()!)];
        Assert.Equal(("input", "output"), (kinds[0], kinds[^1]));
        Assert.Contains("Conv", kinds);
        Assert.Equal(("ai.onnx 17", "ashlar"), (Fact("operators"), Fact("producer")));

        // 80 and 1,290 weights, and some numbers of shapes.
        Assert.InRange(int.Parse(Fact("parameters"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture), 1370, 1400);
        HashSet<string> names = [.. graph.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()!)];
        Assert.All(graph.GetProperty("edges").EnumerateArray(), edge => Assert.All(edge.EnumerateArray(), end => Assert.Contains(end.GetString()!, names)));
        string Fact(string fact) => graph.GetProperty("facts").GetProperty(fact).GetString()!;
    }

    [Fact]
    public async Task What_is_no_model_of_the_run_is_refused()
    {
        await using TestStudio studio = await TestStudio.Start();
        RunFolder run = new ExampleLab(studio.Folder).AddOnnx(("torn.onnx", [9, 9, 9]), ("text.txt", [65]));
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/onnx?name=none.onnx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/onnx?name=text.txt")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/onnx")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.Send(HttpMethod.Get, $"/api/runs/{run.Id}/onnx?name=torn.onnx")).Status);
    }
}
