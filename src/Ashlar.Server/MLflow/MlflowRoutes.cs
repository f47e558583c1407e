using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Api;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.MLflow;

/// <summary>Where requests of MLflow's clients arrive. Errors go out in MLflow's form: <c>{"error_code", "message"}</c>.</summary>
/// <param name="routes">Takes the routes.</param>
/// <param name="index">Must be kept by this process for what changes runs.</param>
/// <param name="log">Takes a line for each fault that is not the request's.</param>
sealed class MlflowRoutes(IEndpointRouteBuilder routes, RunIndex index, Action<string> log)
{
    const string Prefix = "/api/2.0/mlflow/";
    const int LargestRequest = 4 << 20;

    static readonly JsonDocument Nothing = JsonDocument.Parse("{}");

    /// <summary>A question by address.</summary>
    public void Get(string path, Action<MlflowRequest, Utf8JsonWriter> answer) =>
        routes.MapGet(Prefix + path, context => Guard(context, () => Answer(context, Nothing.RootElement, answer)));

    /// <summary>A request with a body.</summary>
    public void Post(string path, Action<MlflowRequest, Utf8JsonWriter> answer) =>
        routes.MapPost(Prefix + path, context => Guard(context, async () =>
        {
            using JsonDocument body = await Ask.Json(context, LargestRequest).ConfigureAwait(false);
            await Answer(context, body.RootElement, answer).ConfigureAwait(false);
        }));

    /// <summary>A request whose body and answer are of its own form.</summary>
    public void Raw(string method, string path, Func<HttpContext, Task> answer) =>
        routes.MapMethods(path, [method], context => Guard(context, () => answer(context)));

    /// <summary>An empty answer.</summary>
    public static Task Empty(HttpContext context) => Reply.Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    /// <summary>What no other route takes.</summary>
    public void Rest()
    {
        foreach (string prefix in (string[])[Prefix, "/api/2.0/mlflow-artifacts/", "/api/3.0/mlflow/"])
        {
            routes.Map(prefix + "{**rest}", (RequestDelegate)(context => Error(context, "ENDPOINT_NOT_FOUND", 404, $"{context.Request.Method} {context.Request.Path}: this server has the tracking part of MLflow's REST API 2.0 and not this.")));
        }
    }

    static Task Answer(HttpContext context, JsonElement body, Action<MlflowRequest, Utf8JsonWriter> answer) => Reply.Json(context, json =>
    {
        json.WriteStartObject();
        answer(new MlflowRequest(body, context.Request.Query), json);
        json.WriteEndObject();
    });

    async Task Guard(HttpContext context, Func<Task> answer)
    {
        try
        {
            if (!index.IsWriter && !HttpMethods.IsGet(context.Request.Method))
            {
                throw new MlflowException("TEMPORARILY_UNAVAILABLE", 503, "Another studio keeps the runs of this folder. Log to that one, or stop it.");
            }

            await answer().ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            (string code, int status, string message) = e switch
            {
                MlflowException fault => (fault.Code, fault.Status, fault.Message),
                ApiException { Status: 404 } fault => ("RESOURCE_DOES_NOT_EXIST", 404, fault.Message),
                ApiException { Status: 400 } fault => ("BAD_REQUEST", 400, fault.Message),
                ApiException fault => ("INVALID_PARAMETER_VALUE", fault.Status, fault.Message),
                BadHttpRequestException fault => ("BAD_REQUEST", fault.StatusCode, fault.Message),
                LabException fault => ("INVALID_PARAMETER_VALUE", 400, fault.Message),
                _ when Ask.IsNoText(e) => ("BAD_REQUEST", 400, e.Message),
                _ => ("INTERNAL_ERROR", 500, $"{context.Request.Path}: the server failed: {(e is IOException ? e.Message : "its log says why.")}"),
            };
            if (status == 500)
            {
                log($"failed: {context.Request.Method} {context.Request.Path}: {e}");
            }

            await Error(context, code, status, message).ConfigureAwait(false);
        }
    }

    static Task Error(HttpContext context, string code, int status, string message) => Reply.Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("error_code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }, status);
}
