using System.Net;

namespace Ashlar.Server.Tests.Hosting;

public sealed class RequestGateTests
{
    const string Token = "correct horse battery";

    [Theory]
    [InlineData("Bearer correct horse battery", HttpStatusCode.OK)]
    [InlineData("bearer correct horse battery", HttpStatusCode.OK)]
    [InlineData("Bearer correct horse batterx", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer correct", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic correct horse battery", HttpStatusCode.Unauthorized)]
    public async Task Only_the_right_token_opens_the_API(string authorization, HttpStatusCode expected)
    {
        await using TestStudio studio = await TestStudio.Start(Token);

        (HttpStatusCode status, string body) = await studio.Send(HttpMethod.Get, "/api/runs", null, ("Authorization", authorization));

        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.OK ? 0 : 1, studio.Log.Count);
        Assert.DoesNotContain("correct horse", body + string.Concat(studio.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_a_request_is_refused_and_logged()
    {
        await using TestStudio studio = await TestStudio.Start(Token);

        (HttpStatusCode status, string body) = await studio.Send(HttpMethod.Get, "/api/runs");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("""{"error":"/api/runs: the token is missing or wrong. Send the one the studio was started with as 'Authorization: Bearer TOKEN'."}""", body);
        Assert.StartsWith("refused 401: GET /api/runs", Assert.Single(studio.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_reads_may_carry_the_token_in_its_address_and_nothing_else()
    {
        await using TestStudio studio = await TestStudio.Start(Token);
        string query = "?token=" + Uri.EscapeDataString(Token);

        Assert.Equal(HttpStatusCode.OK, (await studio.Send(HttpMethod.Get, "/api/runs" + query)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await studio.Send(HttpMethod.Delete, "/api/runs/x" + query)).Status);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:8080", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Pages_of_other_origins_are_refused(string origin, HttpStatusCode expected)
    {
        await using TestStudio studio = await TestStudio.Start();

        Assert.Equal(expected, (await studio.Send(HttpMethod.Get, "/api/runs", null, ("Origin", origin))).Status);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:6180", HttpStatusCode.OK)]
    [InlineData("[::1]:6180", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    public async Task A_name_that_is_not_ours_is_refused_where_no_token_protects(string host, HttpStatusCode expected)
    {
        await using TestStudio studio = await TestStudio.Start();

        Assert.Equal(expected, (await studio.Send(HttpMethod.Get, "/api/runs", null, ("Host", host))).Status);
    }

    [Fact]
    public void Another_address_needs_a_token()
    {
        var open = Assert.Throws<ArgumentException>(() => Studio.Create(new StudioOptions(".ashlar") { Address = "0.0.0.0" }));
        var wrong = Assert.Throws<ArgumentException>(() => Studio.Create(new StudioOptions(".ashlar") { Address = "everywhere" }));

        Assert.StartsWith("studio: 0.0.0.0 can be reached from other machines, and there is no token. Give one with --token, or stay at 127.0.0.1.", open.Message, StringComparison.Ordinal);
        Assert.StartsWith("studio: the address 'everywhere' is none. Give one such as 127.0.0.1, ::1 or 0.0.0.0.", wrong.Message, StringComparison.Ordinal);
    }
}
