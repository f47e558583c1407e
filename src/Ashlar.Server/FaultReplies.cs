using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server;

/// <summary>Turns what goes wrong into answers: faults of the request into its own words, others into one line here and a general word there.</summary>
/// <param name="log">Takes a line for each fault that is not the request's.</param>
sealed class FaultReplies(Action<string> log)
{
    /// <summary>Passes on, and answers for what fails.</summary>
    public async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { StatusCode: 405, HasStarted: false } && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                await Reply.Error(context, 405, $"{context.Request.Method} {context.Request.Path}: this part of the API is not asked so. Allowed: {context.Response.Headers.Allow}.").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            (int status, string message) = e switch
            {
                ApiException fault => (fault.Status, fault.Message),
                BadHttpRequestException fault => (fault.StatusCode, $"{context.Request.Path}: {fault.Message}"),
                QueryException or LabException => (400, e.Message),
                _ when Ask.IsNoText(e) => (400, $"{context.Request.Path}: {e.Message}"),
                _ => (500, $"{context.Request.Path}: the studio failed; its log says why."),
            };
            if (status == 500)
            {
                log($"failed: {context.Request.Method} {context.Request.Path}: {e}");
            }

            await Reply.Error(context, status, message).ConfigureAwait(false);
        }
    }
}
