using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server.Api;

/// <summary>Writes answers.</summary>
static class Reply
{
    // The answers are never put into HTML as they are; the content type and nosniff say so to browsers.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer in JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="write">Writes one value.</param>
    /// <param name="status">The HTTP status.</param>
    public static async Task Json(HttpContext context, Action<Utf8JsonWriter> write, int status = 200)
    {
        // Written whole before the first byte leaves: what fails while it is written still becomes an error, not half an answer.
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            write(json);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>An error in the form of the API: <c>{"error": "sentence"}</c>.</summary>
    public static Task Error(HttpContext context, int status, string message) => Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }, status);

    /// <summary>A number; those that JSON does not know are null.</summary>
    public static void Number(Utf8JsonWriter json, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>A named number; those that JSON does not know are null.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    /// <summary>Names in the words of the API: lists, columns, ids separated by commas; empty parts are left out.</summary>
    public static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
