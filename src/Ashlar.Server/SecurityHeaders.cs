using Microsoft.AspNetCore.Http;

namespace Ashlar.Server;

/// <summary>What every answer tells the browser.</summary>
static class SecurityHeaders
{
    static readonly string Strict = Policy(null);

    /// <summary>The content security policy: everything comes from this server, nothing may frame it.</summary>
    /// <param name="scriptHash">SHA-256 in base 64 of the one script that stands inside the page, or null.</param>
    public static string Policy(string? scriptHash) =>
        $"default-src 'self'; script-src 'self'{(scriptHash is null ? "" : $" 'sha256-{scriptHash}'")}; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers and passes on.</summary>
    public static Task Add(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Strict;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
