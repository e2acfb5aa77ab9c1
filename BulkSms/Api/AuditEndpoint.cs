using System.Text.Json.Serialization;
using BulkSms.Audit;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>
/// Who did what, newest first: the audit log, and between its entries those of the broadcasts that were accepted, which are their rows. Both are read in the order of their ids, so the id
/// of the last entry is the cursor. What was done within one millisecond is in no order.
/// </summary>
public sealed class AuditEndpoint(AuditTable log, BroadcastStore broadcasts, IOptions<AuditOptions> options, TimeProvider time)
{
    /// <summary>Entries that one request reads at most: with a filter by actor a page may be short, or empty, and its cursor goes on where reading ended.</summary>
    public const int MostRead = 2000;

    private const int LongestActor = 256;

    /// <summary><c>GET /api/v1/audit?broadcastId=&amp;actor=&amp;limit=&amp;cursor=</c>.</summary>
    public async Task<IResult> ListAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var limit = PageQuery.Limit(request, errors);
        var (broadcastId, actor, cursor) = (Text(request, "broadcastId"), Text(request, "actor"), Text(request, "cursor"));
        if (broadcastId is not null && !BroadcastId.IsWellFormed(broadcastId))
        {
            errors.Add("broadcastId", "is not the id of a broadcast");
        }

        if (actor?.Length > LongestActor)
        {
            errors.Add("actor", $"must be at most {LongestActor} characters");
        }

        if (cursor is not null && !BroadcastId.IsWellFormed(cursor))
        {
            errors.Add("cursor", "is not a cursor of this list");
        }

        return errors.Any ? Problems.Invalid(errors) : await StorageAnswer.GuardAsync(async () =>
            Results.Json(await ReadAsync(broadcastId, actor, cursor, limit, request.HttpContext.RequestAborted)));
    }

    private static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    private async Task<AuditPage> ReadAsync(string? broadcastId, string? actor, string? cursor, int limit, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);
        var rows = actor is null ? limit + 1 : MostRead;
        var recorded = log.ListAsync(broadcastId, cursor, since, rows, cancellation);
        var accepted = broadcastId is null ? broadcasts.ListCreatedAsync(cursor, BroadcastId.BoundAt(since), rows, cancellation) : OneAsync(broadcastId, cursor, since, cancellation);
        var (page, last, read) = (new List<AuditView>(), "", 0);
        await foreach (var entry in MergeAsync(recorded, accepted.Select(EntryOf)).WithCancellation(cancellation))
        {
            if (page.Count == limit || read == MostRead)
            {
                return new(page, last);
            }

            (last, read) = (entry.Id, read + 1);
            if (actor is null || entry.Actor.Equals(actor, StringComparison.OrdinalIgnoreCase)) // as settings do, names differ by more than their case
            {
                page.Add(AuditView.Of(entry));
            }
        }

        return new(page, null);
    }

    private async IAsyncEnumerable<Broadcast> OneAsync(
        string id, string? cursor, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (string.CompareOrdinal(id, cursor) > 0 && await broadcasts.FindWithoutRecipientsAsync(id, cancellation) is { } broadcast && broadcast.CreatedAt >= since)
        {
            yield return broadcast;
        }
    }

    private static AuditEntry EntryOf(Broadcast broadcast) => AuditEntry.OfBroadcast(
        broadcast.Id, broadcast.CreatedAt, broadcast.CreatedBy, broadcast.CreatedById, broadcast.RequestId, broadcast.RecipientsCount);

    // Each is in order.
    private static async IAsyncEnumerable<AuditEntry> MergeAsync(IAsyncEnumerable<AuditEntry> one, IAsyncEnumerable<AuditEntry> other)
    {
        await using var first = one.GetAsyncEnumerator();
        await using var second = other.GetAsyncEnumerator();
        var (hasFirst, hasSecond) = (await first.MoveNextAsync(), await second.MoveNextAsync());
        while (hasFirst || hasSecond)
        {
            if (!hasSecond || (hasFirst && string.CompareOrdinal(first.Current.Id, second.Current.Id) < 0))
            {
                yield return first.Current;
                hasFirst = await first.MoveNextAsync();
            }
            else
            {
                yield return second.Current;
                hasSecond = await second.MoveNextAsync();
            }
        }
    }
}

/// <summary>Who did what.</summary>
/// <param name="Id">Its own.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Actor">The caller: the token's object id or subject, else the name of the function key's holder (<c>key</c>: one without a name).</param>
/// <param name="ActorType"><c>token</c> or <c>key</c>; missing: it is not known.</param>
/// <param name="Action">What was done: see <see cref="AuditAction"/>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="BroadcastId">The broadcast that it belongs to; missing: it belongs to none, or to several.</param>
/// <param name="Reason">What the actor said about it; missing: nothing.</param>
/// <param name="Detail">What of the request is worth knowing; missing: nothing.</param>
/// <param name="RequestId">The request, as its answer and the app's log name it; missing: it is not known.</param>
/// <param name="Outcome"><c>done</c> or <c>refused</c>; missing: it was begun, and may be done, in part, or not at all.</param>
public sealed record AuditView(
    string Id,
    DateTimeOffset At,
    string Actor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ActorType,
    string Action,
    [property: JsonPropertyName("object")] AuditObjectView Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BroadcastId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Outcome)
{
    public static AuditView Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Actor, entry.ActorType, entry.Action, new(entry.Target.Kind, entry.Target.Id, entry.Target.Count), entry.Target.BroadcastId,
        entry.Reason, entry.Detail, entry.RequestId, entry.Outcome);
}

/// <summary>What something was done to.</summary>
/// <param name="Kind"><c>broadcast</c>, <c>sending</c>, <c>poisonMessages</c>, <c>phone</c>, <c>phones</c> or <c>eventEndpoint</c>.</param>
/// <param name="Id">Which: an id, a name, or a masked number; missing: there is only one, or there are several.</param>
/// <param name="Count">How many phones, poison messages, or recipients of the broadcast; missing: it is one, or that is not told.</param>
public sealed record AuditObjectView(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Count);

/// <summary>A page of the audit log, newest first.</summary>
/// <param name="Entries">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditView> Entries, string? Next);
