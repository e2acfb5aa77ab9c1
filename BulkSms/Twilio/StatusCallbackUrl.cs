using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>
/// The address that Twilio calls about one message. It names the row and the claim, so that a callback that comes before our own record of the
/// send still finds its message. Only unreserved characters, and names in alphabetical order: nothing that a proxy, or Twilio itself,
/// could spell differently under the signature.
/// </summary>
public sealed class StatusCallbackUrl(IOptions<WebhookOptions> options)
{
    private const string Broadcast = "b";
    private const string Shard = "s";
    private const string Recipient = "r";
    private const string Claim = "c";
    private const string Trace = "t";

    /// <summary>Twilio's connection overrides: up to 5 tries, on any failure. A fragment is not part of the signature.</summary>
    internal const string Retries = "rc=5&rp=all";

    /// <summary>The address for one claim, or null when we have none that Twilio could call.</summary>
    /// <param name="key">The recipient.</param>
    /// <param name="claimId">The claim.</param>
    /// <param name="traceParent">The trace that the callback goes on with (W3C); null: none.</param>
    public Uri? For(RecipientKey key, string claimId, string? traceParent = null)
    {
        if (options.Value.PublicBaseUrl is not { } root)
        {
            return null;
        }

        var trace = traceParent is null ? "" : $"&{Trace}={traceParent}";
        return new Uri(root, string.Create(
            CultureInfo.InvariantCulture,
            $"/{Routes.Prefix}/{Routes.StatusWebhook}?{Broadcast}={key.BroadcastId}&{Claim}={claimId}&{Recipient}={key.Id}&{Shard}={key.Shard}{trace}#{Retries}"));
    }

    /// <summary>The trace that a callback goes on with; null: none.</summary>
    public static string? TraceOf(IQueryCollection query) => query.TryGetValue(Trace, out var trace) ? trace.ToString() : null;

    /// <summary>The row that a callback is about; null when its address is not one of ours.</summary>
    public static RecipientKey? KeyOf(IQueryCollection query) =>
        query[Broadcast].ToString() is var broadcast && Common.BroadcastId.IsWellFormed(broadcast)
        && query[Recipient].ToString() is var id && RecipientKey.IsWellFormed(id)
        && int.TryParse(query[Shard], NumberStyles.None, CultureInfo.InvariantCulture, out var shard) && shard < RecipientKey.MaxShards
            ? new RecipientKey(broadcast, shard, id)
            : null;
}
