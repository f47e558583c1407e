using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ashlar.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server;

/// <summary>Who may ask: stands before everything that reads or writes.</summary>
/// <remarks>
/// A page of another site that is open in a browser on this machine can send requests to 127.0.0.1. It is kept out three ways: its name in the
/// Host header is not ours (rebinding of names), its Origin is not ours, and no answer carries a header that lets it read.
/// </remarks>
/// <param name="options">What the studio was told.</param>
/// <param name="log">Takes a line for each refusal.</param>
sealed class RequestGate(StudioOptions options, Action<string> log)
{
    const int LongestShown = 200;

    readonly byte[]? _token = options.Token is { } token ? Digest(token) : null;

    /// <summary>Passes the request on, or refuses it.</summary>
    public async Task Check(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (_token is null && !IsOurName(request.Host.Host))
        {
            await Refuse(context, 403, $"the request is for the host '{Shown(request.Host.Host)}', which this studio is not. Open it by its address, {options.Address}.").ConfigureAwait(false);
        }
        else if (request.Headers.Origin is [{ Length: > 0 } origin, ..] && !IsOurs(origin, request.Host))
        {
            await Refuse(context, 403, $"a page of '{Shown(origin)}' may not ask this studio. Open the studio's own page.").ConfigureAwait(false);
        }
        else if (request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !HasToken(request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Refuse(context, 401, "the token is missing or wrong. Send the one the studio was started with as 'Authorization: Bearer TOKEN'.").ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }
    }

    bool HasToken(HttpRequest request)
    {
        if (_token is null)
        {
            return true;
        }

        const string Bearer = "Bearer ";
        string given = request.Headers.Authorization.ToString();

        // An event source of a browser and an image cannot send headers; what only reads may carry the token in its address.
        string token = given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim()
            : HttpMethods.IsGet(request.Method) ? request.Query["token"].ToString()
            : "";

        // Digests have one length, so the comparison takes the same time for every wrong token.
        return CryptographicOperations.FixedTimeEquals(Digest(token), _token);
    }

    bool IsOurName(string host) =>
        host.Length == 0 || host is "localhost" || host == options.Address || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    static bool IsOurs(string origin, HostString host) => Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    async Task Refuse(HttpContext context, int status, string reason)
    {
        log($"refused {status}: {Shown(context.Request.Method)} {Shown(context.Request.Path.ToString())} from {context.Connection.RemoteIpAddress}: {reason}");
        await Reply.Error(context, status, $"{context.Request.Path}: {reason}").ConfigureAwait(false);
    }

    static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // What strangers send goes to the log without control characters, so that it cannot look like lines of its own.
    static string Shown(string text) => string.Concat(text.Take(LongestShown).Select(letter => char.IsControl(letter) ? '?' : letter));
}
