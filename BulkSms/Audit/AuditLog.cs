using BulkSms.Http;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BulkSms.Audit;

/// <summary>
/// Records who did what, with the action itself: the entry first, then the action, then what came of it. So no action takes effect without its entry, whatever crashes; an entry
/// without an outcome tells of an action that may be done or not. What stops texts does not wait for storage that cannot take an entry: the entry follows, or stands in
/// the app's own log.
/// </summary>
public sealed partial class AuditLog(AuditTable table, TimeProvider time, ILogger<AuditLog> logger)
{
    /// <summary>How long an action that stops texts waits for its entry, and how long any answer waits for the outcome to be noted.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs an action that a caller asks for.</summary>
    /// <param name="request">The request: whose it is, and its id.</param>
    /// <param name="action">The action.</param>
    /// <param name="on">What it is done to.</param>
    /// <param name="act">Does it, once its entry is written; an answer of 4xx says that nothing was changed.</param>
    /// <param name="reason">What the caller says about it; null: nothing.</param>
    /// <param name="detail">What of the request is worth knowing; null: nothing.</param>
    /// <exception cref="Exception">Storage is away: the entry is not written and nothing is done, unless the action stops texts. Or the action failed.</exception>
    public async Task<IResult> RunAsync(HttpRequest request, AuditAction action, AuditObject on, Func<Task<IResult>> act, string? reason = null, string? detail = null)
    {
        var entry = AuditEntry.Of(time.GetUtcNow(), Caller.Of(request), action, on, RequestId.Of(request.HttpContext), reason, detail);
        var add = table.AddAsync(entry, CancellationToken.None);
        var isWritten = action.Stops ? await IsDoneAsync(add) : await ThenAsync(add);
        string? outcome = null;
        try
        {
            var answer = await act();
            outcome = answer is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest } ? AuditOutcome.Refused : AuditOutcome.Done;
            return answer;
        }
        finally
        {
            await EndAsync(entry, isWritten, outcome);
        }
    }

    private static async Task<bool> ThenAsync(Task add)
    {
        await add;
        return true;
    }

    private async Task EndAsync(AuditEntry entry, bool isWritten, string? outcome)
    {
        if (!isWritten && !await IsDoneAsync(table.AddAsync(entry, CancellationToken.None)))
        {
            Log.NotWritten(logger, entry.Action, entry.Actor, entry.Target.BroadcastId, entry.RequestId, outcome);
        }
        else if (outcome is not null)
        {
            await IsDoneAsync(table.ConcludeAsync(entry, outcome, CancellationToken.None)); // else it is not known, and the entry says so
        }
    }

    // Whatever the fault is: it must not keep an action from being done, nor one that is done from being answered.
    private async Task<bool> IsDoneAsync(Task write)
    {
        try
        {
            await write.WaitAsync(Patience, time);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1801, Level = LogLevel.Error, Message = "An action was taken that the audit log could not record: {Action} by {Actor}, broadcast {BroadcastId}, request {RequestId}, outcome {Outcome}")]
        public static partial void NotWritten(ILogger logger, string action, string actor, string? broadcastId, string? requestId, string? outcome);
    }
}
