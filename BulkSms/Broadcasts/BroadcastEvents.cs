using System.Text.Json.Nodes;
using BulkSms.Common;
using BulkSms.Outbox;

namespace BulkSms.Broadcasts;

/// <summary>What is told of a broadcast.</summary>
public static class BroadcastEvents
{
    /// <summary>The event of a broadcast that has come to its end.</summary>
    public static string TypeAtTheEnd(Broadcast broadcast) => broadcast.IsCanceled ? EventTypes.BroadcastCanceled : EventTypes.BroadcastCompleted;

    /// <summary>What is told when it has come to its end: what it came to.</summary>
    public static JsonObject Ended(Broadcast broadcast, BroadcastProgress totals) => Named(broadcast, new()
    {
        ["broadcastId"] = broadcast.Id,
        ["status"] = broadcast.IsCanceled ? BroadcastStatus.Canceled : BroadcastStatus.Completed,
        ["recipientsCount"] = broadcast.RecipientsCount,
        ["counts"] = new JsonObject(totals.ByStatus.Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value))),
        ["createdAt"] = UtcTime.Write(broadcast.CreatedAt),
    });

    /// <summary>What is told when it waits for a person's approval: <see cref="EventTypes.BroadcastApprovalNeeded"/>, in the transaction that commits it.</summary>
    public static JsonObject ApprovalNeeded(Broadcast broadcast) => Named(broadcast, new()
    {
        ["broadcastId"] = broadcast.Id,
        ["recipientsCount"] = broadcast.RecipientsCount,
        ["createdBy"] = broadcast.CreatedBy,
        ["createdAt"] = UtcTime.Write(broadcast.CreatedAt),
        ["expiresAt"] = UtcTime.Write(broadcast.ExpiresAt),
    });

    // The profile "default" is not named.
    private static JsonObject Named(Broadcast broadcast, JsonObject data)
    {
        if (Profiles.Profile.Shown(broadcast.Profile) is { } profile)
        {
            data["profile"] = profile;
        }

        return data;
    }
}
