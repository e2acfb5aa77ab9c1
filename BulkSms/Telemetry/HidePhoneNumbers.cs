using System.Diagnostics;
using System.Text.RegularExpressions;
using BulkSms.Recipients;
using OpenTelemetry;

namespace BulkSms.Telemetry;

/// <summary>Takes phone numbers out of the addresses that HTTP instrumentation writes down (Twilio's <c>?To=</c>, and whatever a caller puts into a path).</summary>
public sealed partial class HidePhoneNumbers : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects)
        {
            if (value is string text && Hide(text) is var hidden && !ReferenceEquals(hidden, text))
            {
                data.SetTag(name, hidden);
            }
        }
    }

    // A call to Twilio or to storage ends here: a process that stood still for a moment must not make a fault of it.
    private static string Hide(string text)
    {
        try
        {
            return PhoneNumber().IsMatch(text) ? PhoneNumber().Replace(text, "{phone}") : text;
        }
        catch (RegexMatchTimeoutException)
        {
            return "{hidden}";
        }
    }

    // Numbers, keys of senders that are none, and whatever is asked for in the list of opt-outs: there a number may be parted.
    [GeneratedRegex(
        "(%2B|\\+)([0-9]{7,15}|(%7E|~)[A-Za-z0-9_-]+)|(?<=/optouts/)([0-9(%+]|sender(:|%3A))[^/?#]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PhoneNumber();
}
