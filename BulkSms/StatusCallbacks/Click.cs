using System.Security.Cryptography;
using System.Text;
using BulkSms.Recipients;
using BulkSms.Twilio;

namespace BulkSms.StatusCallbacks;

/// <summary>A link that was followed. Source: https://www.twilio.com/docs/messaging/features/link-shortening.</summary>
/// <param name="Sid">Twilio's id of the message.</param>
/// <param name="To">Whom the message went to, E.164.</param>
/// <param name="Account">The account that signed it.</param>
/// <param name="Id">Tells it from other clicks on the same message: the same for each repeat.</param>
public sealed record Click(string Sid, string To, string Account, string Id)
{
    private const int IdBytes = 6;

    /// <summary>Null when it is no click, or names no message and number.</summary>
    public static Click? From(SignedForm form)
    {
        string Value(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (form.Parameters.FirstOrDefault(each => each.Key == name).Value is { Length: > 0 } value)
                {
                    return value;
                }
            }

            return "";
        }

        var (sid, to) = (Value("sms_sid", "message_sid"), Value("to"));
        to = to[(to.IndexOf(':', StringComparison.Ordinal) + 1)..]; // the channel, such as rcs:
        if (Value("event_type") is not ("" or "click") || !TwilioAnswer.IsMessageSid(sid) || !PhoneNumber.TryParse(to, out var number, out _))
        {
            return null;
        }

        var what = $"{sid}\n{Value("link")}\n{Value("click_time")}\n{Value("user_agent")}";
        return new(sid, number.Value, form.Account, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, IdBytes)));
    }
}
