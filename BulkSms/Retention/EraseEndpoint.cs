using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Retention;

/// <summary>Erasing a broadcast when it is asked for, and not only when it is old.</summary>
public sealed class EraseEndpoint(BroadcastStore store, EraseBroadcast erase, AuditLog audit)
{
    /// <summary><c>DELETE /api/v1/broadcasts/{id}</c>: 204 once its personal data is gone; repeating it is harmless. 404; 409 while it is not completed, or only just.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string id) => StorageAnswer.ChangeAsync(async done =>
        !BroadcastId.IsWellFormed(id) || await store.FindAsync(id, CancellationToken.None) is not { } broadcast ? Problems.NoBroadcast()
        : await audit.RunAsync(request, AuditAction.DeleteBroadcast, AuditObject.Broadcast(id), async () => await erase.RunAsync(broadcast, CancellationToken.None, done)
            ? Results.NoContent()
            : Problems.InvalidState("The broadcast is not completed, or only just. Cancel it first if it is not to be sent, and try again in some minutes.")));
}
