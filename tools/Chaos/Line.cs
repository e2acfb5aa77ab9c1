using BulkSms.Chaos.Hosts;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>A host and the Twilio account that it sends by. What the account's Messaging Service receives is told to this host.</summary>
public sealed record Line(HostProcess Host, TwilioServer Twilio)
{
    private const string Webhook = "/api/webhooks/optout";

    private Uri Inbound => new($"http://127.0.0.1:{Host.Port}{Webhook}");

    /// <summary>A phone texts the service, and the webhook is called once.</summary>
    /// <returns>The answer's status; null: none.</returns>
    public Task<int?> TextAsync(string from, string body) => Twilio.SendInboundAsync(Inbound, from, body);

    /// <summary>Whether an answer says that the text is taken.</summary>
    public static bool IsTaken(int? status) => status is >= 200 and < 300;

    /// <summary>A phone texts the service until the webhook has taken a text.</summary>
    /// <returns>The last answer's status; null: none.</returns>
    public async Task<int?> TextUntilTakenAsync(string from, string body, int texts, TimeProvider time)
    {
        for (var i = 1; ; i++)
        {
            if (await TextAsync(from, body) is var status && (IsTaken(status) || i == texts))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), time);
        }
    }

    /// <summary>Calls the webhook for a text that the service has received before.</summary>
    public Task TellAgainAsync(string sid) => Twilio.SendInboundAgainAsync(Inbound, sid);
}
