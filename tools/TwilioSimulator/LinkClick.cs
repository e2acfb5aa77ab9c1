using System.Globalization;

namespace BulkSms.TwilioSimulator;

/// <summary>A short link that was followed.</summary>
/// <param name="Link">Where it leads to; null: to an address of the simulator's.</param>
/// <param name="At">When. Default now.</param>
/// <param name="UserAgent">What followed it.</param>
public sealed record LinkClick(string? Link = null, DateTimeOffset? At = null, string UserAgent = "Mozilla/5.0 (simulated)")
{
    internal List<KeyValuePair<string, string>> Form(SimulatedMessage message, DateTimeOffset at) =>
    [
        new("event_type", "click"),
        new("sms_sid", message.Sid),
        new("to", message.Address),
        new("from", message.From ?? ""),
        new("link", Link ?? "https://example.com/"),
        new("click_time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        new("user_agent", UserAgent),
        new("messaging_service_sid", message.MessagingServiceSid ?? ""),
        new("account_sid", message.AccountSid),
    ];
}
