using BulkSms.Common;

namespace BulkSms.Audit;

/// <summary>What an action is done to. It names no person: a number is masked, and of several only how many they are is kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which; null: it is the only one, or there are several.</param>
/// <param name="Count">How many; null: it is one.</param>
/// <param name="BroadcastId">The broadcast that it belongs to; null: it belongs to none, or to several.</param>
public sealed record AuditObject(string Kind, string? Id = null, int? Count = null, string? BroadcastId = null)
{
    /// <summary>In the place of a number's digits, once its person is erased.</summary>
    public const string Hidden = "•••";

    public static AuditObject Sending { get; } = new("sending");

    /// <param name="id">Its id.</param>
    /// <param name="recipients">Its recipients; null: they are not told.</param>
    public static AuditObject Broadcast(string id, int? recipients = null) => new("broadcast", id, recipients, id);

    public static AuditObject Phones(IReadOnlyCollection<string> phones) => phones.Count == 1 ? new("phone", Redaction.Phone(phones.First())) : new("phones", Count: phones.Count);

    /// <param name="countries">Of how many countries.</param>
    public static AuditObject Prices(int countries) => new("prices", Count: countries);

    /// <param name="name">Its name.</param>
    public static AuditObject EventEndpoint(string name) => new("eventEndpoint", name);

    /// <param name="count">How many are named; null: those that a filter finds.</param>
    /// <param name="broadcastId">The broadcast of all of them; null: they are of several, or that is not told.</param>
    public static AuditObject PoisonMessages(int? count, string? broadcastId) => new("poisonMessages", Count: count, BroadcastId: broadcastId);
}
