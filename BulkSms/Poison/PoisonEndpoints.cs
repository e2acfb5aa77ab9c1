using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Poison;

/// <summary>Looking at what failed for good, and putting it back to work.</summary>
public sealed class PoisonEndpoints(PoisonTable table, ReplayPoison replay, AuditLog audit, IOptions<BroadcastOptions> options)
{
    /// <summary><c>GET /api/v1/poison?broadcastId=&amp;code=&amp;limit=&amp;cursor=</c>: the newest broadcast's first.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var filter = PoisonFilter.Read(request.Query, errors);
        var limit = PageQuery.Limit(request, errors);
        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
        {
            var found = await table.ListAsync(filter.BroadcastId, filter.Code, filter.After, limit + 1, request.HttpContext.RequestAborted);
            var page = found.Take(limit).Select(PoisonView.Of).ToArray();
            return Results.Json(new PoisonPage(page, found.Count > limit ? page[^1].Id : null));
        });
    }

    /// <summary>
    /// <c>POST /api/v1/poison/replay</c> with <c>{"ids": […]}</c>, or <c>{"broadcastId": "…", "code": 30005, "cursor": "…"}</c> with either or both of the
    /// first two: a page of up to 1,000 entries; <c>next</c> in the answer is the <c>cursor</c> of the next. Repeating it is harmless.
    /// </summary>
    public async Task<IResult> ReplayAsync(HttpRequest request)
    {
        var read = await JsonBody.ReadAsync(request, options.Value.MaxRequestBytes, new(), ReplayRequest.Read);
        return read.Value is { } wanted ? await StorageAnswer.ChangeAsync(done => audit.RunAsync(
            request, AuditAction.ReplayPoison, AuditObject.PoisonMessages(wanted.Ids?.Count, wanted.BroadcastId), () => RunAsync(wanted, done), detail: wanted.Filter.Code is { } code ? $"code: {code}" : null)) : read.Refusal!;
    }

    private async Task<IResult> RunAsync(ReplayRequest wanted, WorkDone done)
    {
        var entries = wanted.Ids is { } ids
            ? await FindAsync(ids)
            : await table.ListAsync(wanted.Filter.BroadcastId, wanted.Filter.Code, wanted.Filter.After, ReplayRequest.MaxEntries, CancellationToken.None);
        var results = await replay.RunAsync(entries.Where(entry => wanted.Ids is not null || entry.ReplayedAt is null), done, CancellationToken.None);
        var next = wanted.Ids is null && entries.Count == ReplayRequest.MaxEntries ? entries[^1].Id.ToString() : null;
        return Results.Json(ReplayView.Of(results, (wanted.Ids?.Count ?? entries.Count) - entries.Count, next));
    }

    private async Task<IReadOnlyList<PoisonEntry>> FindAsync(IEnumerable<PoisonId> ids)
    {
        var found = await Task.WhenAll(ids.Select(id => table.FindAsync(id, CancellationToken.None)));
        return [.. found.OfType<PoisonEntry>()];
    }
}
