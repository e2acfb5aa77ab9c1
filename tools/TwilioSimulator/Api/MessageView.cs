using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary>Messages as callers see them: with this Twilio's clock and, in lists and fetches, its text.</summary>
internal sealed class MessageView(Faults faults)
{
    public MessageResource Show(SimulatedMessage message, MessageState state, bool rewrite) => new()
    {
        Sid = message.Sid,
        AccountSid = message.AccountSid,
        MessagingServiceSid = message.MessagingServiceSid,
        To = message.To,
        From = state.From,
        Body = rewrite && faults.RewriteText is { } alter ? alter(message.Body) : message.Body,
        Status = state.Status,
        ErrorCode = state.ErrorCode,
        ErrorMessage = state.ErrorMessage,
        NumSegments = state.NumSegments.ToString(CultureInfo.InvariantCulture),
        Price = state.Price,
        DateCreated = Rfc2822(message.DateCreated),
        DateUpdated = Rfc2822(state.DateUpdated),
        DateSent = state.DateSent is { } sent ? Rfc2822(sent) : null,
        Uri = TwilioPaths.Message(message.AccountSid, message.Sid),
        SubresourceUris = new Dictionary<string, string> { ["media"] = TwilioPaths.Media(message.AccountSid, message.Sid) },
    };

    public MessageResource Show(InboundMessage message, TwilioSimulatorOptions options) => new()
    {
        Sid = message.Sid,
        AccountSid = message.AccountIn(options),
        MessagingServiceSid = message.Account?.MessagingServiceSid ?? options.MessagingServiceSid,
        Direction = "inbound",
        To = options.SenderNumber,
        From = message.From,
        Body = message.Body,
        Status = "received",
        ErrorCode = null,
        ErrorMessage = null,
        NumSegments = "1",
        Price = null,
        DateCreated = Rfc2822(message.CreatedAt),
        DateUpdated = Rfc2822(message.CreatedAt),
        DateSent = Rfc2822(message.CreatedAt),
        Uri = TwilioPaths.Message(message.AccountIn(options), message.Sid),
        SubresourceUris = new Dictionary<string, string> { ["media"] = TwilioPaths.Media(message.AccountIn(options), message.Sid) },
    };

    private string Rfc2822(DateTimeOffset date) =>
        faults.Shown(date).UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
