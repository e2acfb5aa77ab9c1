using BulkSms.Chaos.Hosts;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>A host and the Twilio account that it sends by. What the account's Messaging Service receives is told to this host.</summary>
public sealed record Line(HostProcess Host, TwilioServer Twilio)
{
    private const string Webhook = "/api/webhooks/optout";

    private Uri Inbound => new($"http://127.0.0.1:{Host.Port}{Webhook}");

    /// <summary>A phone texts the service, and the webhook is called once.</summary>
    /// <returns>Whether the webhook took it.</returns>
    public async Task<bool> TextAsync(string from, string body) => await Twilio.SendInboundAsync(Inbound, from, body) is >= 200 and < 300;

    /// <summary>A phone texts the service until the webhook has taken a text.</summary>
    /// <returns>False when it took none of many.</returns>
    public async Task<bool> TextUntilTakenAsync(string from, string body, int texts, TimeProvider time)
    {
        for (var i = 0; i < texts; i++)
        {
            if (await TextAsync(from, body))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), time);
        }

        return false;
    }

    /// <summary>Calls the webhook for a text that the service has received before.</summary>
    public Task TellAgainAsync(string sid) => Twilio.SendInboundAgainAsync(Inbound, sid);
}
