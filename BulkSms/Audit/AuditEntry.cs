using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Security;

namespace BulkSms.Audit;

/// <summary>Who did what.</summary>
public sealed record AuditEntry
{
    private const string OfToken = "token";
    private const string OfKey = "key";

    /// <summary>In the form of a broadcast's id, so that both sort together, the newest first.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>See <see cref="Caller.Name"/>. Never a key.</summary>
    public required string Actor { get; init; }

    /// <summary><c>token</c> or <c>key</c>: what the actor was known by. Null: it is not known.</summary>
    public string? ActorType { get; init; }

    /// <summary>See <see cref="AuditAction.Name"/>.</summary>
    public required string Action { get; init; }

    public required AuditObject Target { get; init; }

    /// <summary>What the actor said about it; phone numbers in it are masked. Null: nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What of the request is worth knowing, such as a decision; null: nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>The request that did it; null: it is not known.</summary>
    public string? RequestId { get; init; }

    /// <summary>One of <see cref="AuditOutcome"/>. Null: it was begun, and may be done, in part, or not at all.</summary>
    public string? Outcome { get; init; }

    /// <summary>The entry of a broadcast that was accepted, out of the columns of its row: with them it is written in the commit's transaction.</summary>
    /// <param name="id">The broadcast's.</param>
    /// <param name="at">When it was accepted.</param>
    /// <param name="createdBy">See <see cref="Caller.Name"/>.</param>
    /// <param name="createdById">See <see cref="Caller.Id"/>; null: it is not known.</param>
    /// <param name="requestId">The request; null: it is not known.</param>
    /// <param name="recipients">How many recipients it has.</param>
    public static AuditEntry OfBroadcast(string id, DateTimeOffset at, string? createdBy, string? createdById, string? requestId, int recipients) => new()
    {
        Id = id,
        At = at,
        Actor = createdBy ?? CallerOptions.Unnamed,
        ActorType = createdById is null ? null : TypeOf(createdById),
        Action = (BroadcastId.IsTest(id) ? AuditAction.TestBroadcast : AuditAction.CreateBroadcast).Name,
        Target = AuditObject.Broadcast(id, recipients),
        RequestId = requestId,
        Outcome = AuditOutcome.Done,
    };

    /// <summary>The entry of an action that begins.</summary>
    internal static AuditEntry Of(DateTimeOffset now, Caller actor, AuditAction action, AuditObject on, string requestId, string? reason, string? detail) => new()
    {
        Id = BroadcastId.New(now),
        At = now,
        Actor = actor.Name,
        ActorType = TypeOf(actor.Id),
        Action = action.Name,
        Target = on,
        RequestId = requestId,
        Reason = reason is null ? null : Redaction.PhonesIn(reason),
        Detail = detail,
    };

    internal TableEntity Write(string partition, string key) => new(partition, key)
    {
        ["at"] = At,
        ["actor"] = Actor,
        ["actorType"] = ActorType,
        ["action"] = Action,
        ["kind"] = Target.Kind,
        ["objectId"] = Target.Id,
        ["count"] = Target.Count,
        [AuditColumns.BroadcastId] = Target.BroadcastId,
        ["reason"] = Reason,
        ["detail"] = Detail,
        ["requestId"] = RequestId,
        [AuditColumns.Outcome] = Outcome,
    };

    internal static AuditEntry Read(TableEntity row) => new()
    {
        Id = AuditColumns.IdOf(row),
        At = row.GetDateTimeOffset("at") ?? default,
        Actor = row.GetString("actor") ?? "",
        ActorType = row.GetString("actorType"),
        Action = row.GetString("action") ?? "",
        Target = new(row.GetString("kind") ?? "", row.GetString("objectId"), row.GetInt32("count"), row.GetString(AuditColumns.BroadcastId)),
        Reason = row.GetString("reason"),
        Detail = row.GetString("detail"),
        RequestId = row.GetString("requestId"),
        Outcome = row.GetString(AuditColumns.Outcome),
    };

    private static string TypeOf(string callerId) => callerId.StartsWith($"{OfToken}:", StringComparison.Ordinal) ? OfToken : OfKey;
}

/// <summary>What came of an action.</summary>
public static class AuditOutcome
{
    public const string Done = "done";

    /// <summary>Nothing was changed: its object was in a state that does not allow it.</summary>
    public const string Refused = "refused";
}

/// <summary>Column names that are asked for, and what the rows' keys tell.</summary>
internal static class AuditColumns
{
    public const string BroadcastId = "broadcastId";
    public const string Outcome = "outcome";

    /// <summary>Both kinds of keys end with the entry's id.</summary>
    public static string IdOf(TableEntity row) => row.RowKey[(row.RowKey.LastIndexOf('-') + 1)..];
}
