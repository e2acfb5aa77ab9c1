using System.Globalization;
using BulkSms.Http;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary>
/// The address that Twilio calls about one message. It names the row and the claim, so that a callback that comes before our own record of the
/// send still finds its message. Only unreserved characters: nothing that a proxy could spell differently under the signature.
/// </summary>
public sealed class StatusCallbackUrl(IOptions<WebhookOptions> options)
{
    private const string Broadcast = "b";
    private const string Shard = "s";
    private const string Recipient = "r";
    private const string Claim = "c";

    /// <summary>Twilio's connection overrides: up to 5 tries, on any failure. A fragment is not part of the signature.</summary>
    private const string Retries = "rc=5&rp=all";

    /// <summary>The address for one claim, or null when we have none that Twilio could call.</summary>
    public Uri? For(RecipientKey key, string claimId) => options.Value.PublicBaseUrl is { } root
        ? new Uri(root, string.Create(
            CultureInfo.InvariantCulture,
            $"/{Routes.Prefix}/{Routes.StatusWebhook}?{Broadcast}={key.BroadcastId}&{Shard}={key.Shard}&{Recipient}={key.Id}&{Claim}={claimId}#{Retries}"))
        : null;

    /// <summary>The row that a callback is about; null when its address is not one of ours.</summary>
    public static RecipientKey? KeyOf(IQueryCollection query) =>
        query[Broadcast].ToString() is var broadcast && Broadcasts.BroadcastId.IsWellFormed(broadcast)
        && query[Recipient].ToString() is var id && RecipientKey.IsWellFormed(id)
        && int.TryParse(query[Shard], NumberStyles.None, CultureInfo.InvariantCulture, out var shard) && shard < RecipientKey.MaxShards
            ? new RecipientKey(broadcast, shard, id)
            : null;
}
