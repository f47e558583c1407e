using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server.Api;

/// <summary>Reads what a request asks.</summary>
static class Ask
{
    /// <summary>A part of the path.</summary>
    public static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";

    /// <summary>A text of the query, or null.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[0] is { Length: > 0 } text ? text : null;

    /// <summary>A text of the query that must be there.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public static string Needed(HttpContext context, string name) => Text(context, name) ?? throw ApiException.Wrong($"{context.Request.Path}: '{name}' is missing. Add ?{name}=….");

    /// <summary>A whole number of the query within bounds.</summary>
    /// <exception cref="ApiException">It is none, or outside.</exception>
    public static int Whole(HttpContext context, string name, int usual, int low, int high) => Text(context, name) is not { } text
        ? usual
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high
            ? number
            : throw ApiException.Wrong($"{context.Request.Path}: '{name}' is '{text}'. Pass a whole number from {low} to {high}.");

    /// <summary>A number of the query, or null.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public static double? Number(HttpContext context, string name) => Text(context, name) is not { } text
        ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number)
            ? number
            : throw ApiException.Wrong($"{context.Request.Path}: '{name}' is '{text}'. Pass a number.");

    /// <summary>The whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The most bytes that are read.</param>
    /// <exception cref="ApiException">There are more.</exception>
    public static async Task<ReadOnlyMemory<byte>> Body(HttpContext context, int limit)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength > limit)
        {
            throw TooLarge(request, request.ContentLength.Value, limit);
        }

        byte[] buffer = new byte[request.ContentLength is long known ? (int)known + 1 : 4096];
        int length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted).ConfigureAwait(false) is int count and > 0)
        {
            length += count;
            if (length > limit)
            {
                throw TooLarge(request, length, limit);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * length, limit + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }

    /// <summary>The body as a JSON object. The caller disposes of it.</summary>
    /// <exception cref="ApiException">It is too large, or none.</exception>
    public static async Task<JsonDocument> Json(HttpContext context, int limit)
    {
        ReadOnlyMemory<byte> body = await Body(context, limit).ConfigureAwait(false);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException e)
        {
            throw ApiException.Wrong($"{context.Request.Path}: the body is no JSON: {e.Message} Send an object.");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw ApiException.Wrong($"{context.Request.Path}: the body is no JSON object. Send one.");
        }

        return document;
    }

    /// <summary>Whether an exception says that a text in JSON is no text: bytes that are no UTF-8, or half a surrogate pair. It is found when the text is asked for.</summary>
    public static bool IsNoText(Exception e) => e is InvalidOperationException { Source: "System.Text.Json.Rethrowable" or "System.Text.Json" };

    static ApiException TooLarge(HttpRequest request, long length, int limit) =>
        new(413, $"{request.Path}: the body has {length} bytes or more, and at most {limit} are read. Send less at once.");
}
