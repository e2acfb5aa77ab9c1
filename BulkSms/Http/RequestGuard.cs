using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BulkSms.Http;

/// <summary>
/// Stands around every endpoint, in both hosts and in every environment. What fails unexpectedly is answered with a problem document, and logged without anything
/// that the request held. A caller that has gone away is no failure.
/// </summary>
public sealed partial class RequestGuard(ILogger<RequestGuard> logger)
{
    /// <summary>Runs an endpoint and writes its answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">What the log calls it: a name or a route of ours, never the address.</param>
    /// <param name="run">Runs it.</param>
    public async Task AnswerAsync(HttpContext http, Func<string> endpoint, Func<Task<IResult>> run)
    {
        Protect(http);
        Activity.Current?.SetTag("bulksms.request.id", RequestId.Of(http));
        try
        {
            var answer = await run();
            if (http.RequestAborted.IsCancellationRequested)
            {
                Leave(http); // what the endpoint says may only be that its calls were canceled
                return;
            }

            await answer.ExecuteAsync(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            Leave(http);
        }
        catch (Exception e)
        {
            Log.Failed(logger, endpoint(), KindOf(e), RequestId.Of(http), e.GetBaseException().StackTrace);
            await FailAsync(http);
        }
    }

    // Answers hold numbers and texts: no cache keeps them, and no browser takes them for something else.
    private static void Protect(HttpContext http)
    {
        var response = http.Response;
        response.Headers[RequestId.Header] = RequestId.Of(http);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static void Leave(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }

    private static async Task FailAsync(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort(); // half an answer must not pass for a whole one
            return;
        }

        http.Response.Clear();
        Protect(http);
        await Problems.Failed().ExecuteAsync(http);
    }

    // A message may quote the request; the kinds and the place do not.
    private static string KindOf(Exception e) => e.InnerException is { } inner ? $"{e.GetType().Name}: {KindOf(inner)}" : e.GetType().Name;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "{Endpoint} failed unexpectedly: {Failure} (request {RequestId})\n{Place}")]
        public static partial void Failed(ILogger logger, string endpoint, string failure, string requestId, string? place);
    }
}
