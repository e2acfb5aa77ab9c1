using System.Text.Json.Serialization;
using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>An event endpoint as the API shows it.</summary>
/// <param name="Name">What you call it.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Types">The events that it wants.</param>
/// <param name="Status"><c>on</c>, or <c>off</c>: it answered 410, and is told of nothing until it is put again.</param>
/// <param name="Source"><c>api</c>, or <c>configuration</c>: it is set by the app's settings, and only changed there.</param>
/// <param name="OffSince">Since when it is off.</param>
/// <param name="OffReason">Why.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="OldSecretUntil">Until when the secret before the last rotation signs as well.</param>
/// <param name="Secret">The secret, shown only when it is made.</param>
public sealed record EventEndpointView(
    string Name,
    string Url,
    IReadOnlyList<string> Types,
    string Status,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OffSince,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OffReason,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OldSecretUntil,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static EventEndpointView Of(EventEndpoint endpoint, DateTimeOffset now, string? secret = null) => new(
        endpoint.Name, endpoint.Url.ToString(), endpoint.Types, endpoint.IsOff ? "off" : "on", endpoint.IsConfigured ? "configuration" : "api", endpoint.OffSince, endpoint.OffReason, endpoint.CreatedAt,
        !endpoint.IsConfigured && endpoint.OldSecretUntil > now ? endpoint.OldSecretUntil : null, secret);
}

/// <summary>All event endpoints.</summary>
/// <param name="Endpoints">In the order of their names.</param>
public sealed record EventEndpointPage(IReadOnlyList<EventEndpointView> Endpoints);

/// <summary>A delivery as the API shows it.</summary>
/// <param name="Id">What its header <c>webhook-id</c> says, and what a replay takes.</param>
/// <param name="Type">The type of its events.</param>
/// <param name="Events">How many events it holds.</param>
/// <param name="BroadcastId">The broadcast whose recipients it tells of; missing: it tells of none.</param>
/// <param name="Status">One of <see cref="DeliveryStatus"/>.</param>
/// <param name="Attempts">Calls made.</param>
/// <param name="AnswerStatus">The status that the endpoint answered with last.</param>
/// <param name="Reason">Why the last call failed.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="NextAttemptAt">When it is tried again; missing: it is not.</param>
/// <param name="FinishedAt">When it was delivered or given up.</param>
public sealed record DeliveryView(
    string Id,
    string Type,
    int Events,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BroadcastId,
    string Status,
    int Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? AnswerStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextAttemptAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FinishedAt)
{
    public static DeliveryView Of(EventDelivery delivery) => new(
        delivery.Id, delivery.Type, delivery.Events, delivery.BroadcastId, delivery.Status, delivery.Attempts, delivery.AnswerStatus, delivery.Reason, delivery.CreatedAt,
        delivery.Status == DeliveryStatus.Pending ? delivery.NextAttemptAt : null, delivery.FinishedAt);
}

/// <summary>A page of deliveries.</summary>
/// <param name="Deliveries">The page: pending ones first, then those that failed, then the delivered ones; of each the newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryView> Deliveries, string? Next);

/// <summary>What came of a replay.</summary>
/// <param name="Replayed">Deliveries that are tried again, from the beginning.</param>
/// <param name="Skipped">Deliveries that were left: they are pending, or gone.</param>
/// <param name="Next">The cursor to go on with; null: that was all.</param>
public sealed record DeliveryReplayView(int Replayed, int Skipped, string? Next);
