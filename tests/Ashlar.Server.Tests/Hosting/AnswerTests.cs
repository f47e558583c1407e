using System.Net;

namespace Ashlar.Server.Tests.Hosting;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("/api/nothing", "GET /api/nothing: there is no such part of the API. Runs are at /api/runs.")]
    [InlineData("/api/runs/20260101-000000-aaaaaa", "run '20260101-000000-aaaaaa': there is none. List them: /api/runs")]
    [InlineData("/api/runs/..%2f..%2fetc", "run '..%2f..%2fetc': there is none. List them: /api/runs")]
    public async Task What_is_not_there_is_a_404_in_JSON(string path, string error)
    {
        await using TestStudio studio = await TestStudio.Start();

        (HttpStatusCode status, string body) = await studio.Send(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal($$"""{"error":"{{error}}"}""", body);
    }

    [Fact]
    public async Task A_wrong_method_is_a_405_in_JSON()
    {
        await using TestStudio studio = await TestStudio.Start();

        (HttpStatusCode status, string body) = await studio.Send(HttpMethod.Put, "/api/version");

        Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound]);
        Assert.StartsWith("{\"error\":", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_to_be_strict()
    {
        await using TestStudio studio = await TestStudio.Start();
        foreach (string path in (string[])["/", "/api/runs", "/api/nothing"])
        {
            using HttpResponseMessage response = await studio.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

            string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'self'; script-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Theory]
    [InlineData("limit=many", "/api/runs: 'limit' is 'many'. Pass a whole number from 0 to 10000.")]
    [InlineData("limit=10001", "/api/runs: 'limit' is '10001'. Pass a whole number from 0 to 10000.")]
    [InlineData("where=lr", "where: at character 1: no field is named 'lr'.")]
    public async Task A_question_that_cannot_be_read_is_a_400_that_says_what_to_ask(string query, string error)
    {
        await using TestStudio studio = await TestStudio.Start();

        (HttpStatusCode status, string body) = await studio.Send(HttpMethod.Get, "/api/runs?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith($"{{\"error\":\"{error}", body, StringComparison.Ordinal);
    }
}
