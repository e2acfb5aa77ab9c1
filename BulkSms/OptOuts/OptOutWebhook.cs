using System.Diagnostics.Metrics;
using System.Globalization;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.OptOuts.Wording;
using BulkSms.Replies;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BulkSms.OptOuts;

/// <summary><c>POST /api/webhooks/optout</c>: a text from a recipient, as the Messaging Service's inbound webhook tells it. Trusted only with Twilio's signature.</summary>
public sealed partial class OptOutWebhook(
    SignedForms forms, HearTexts texts, ReplyTable replies, IMeterFactory meters, TimeProvider time, ILogger<OptOutWebhook> logger)
{
    /// <summary>
    /// Asks Twilio to repeat a text that was not taken, five times and whatever the reason: without it a 5xx is not repeated at all. Twilio neither sends nor signs it.
    /// </summary>
    private const string Retries = $"#{StatusCallbackUrl.Retries}";

    /// <summary>TwiML that says nothing: Twilio replies to STOP itself.</summary>
    private const string NoReply = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private readonly Counter<long> untaken = meters.Create(BulkSmsTelemetry.Name)
        .CreateCounter<long>("bulksms.optouts.untaken", "{text}", "Texts from phones that the inbound webhook could not take: storage or Twilio did not answer");

    /// <summary>What the Messaging Service's inbound webhook is set to at Twilio.</summary>
    /// <param name="root">The app's address as Twilio calls it: <see cref="WebhookOptions.PublicBaseUrl"/>.</param>
    public static string UrlAt(Uri root) => $"{root.GetLeftPart(UriPartial.Authority)}/{Routes.Prefix}/{Routes.OptOutWebhook}{Retries}";

    /// <summary>200 once the wish is done, or the reply is kept where there is none; 403 without a valid signature; 503 when storage is away.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var (signed, refusal) = await forms.ReadAsync(request, Routes.OptOutWebhook);
        return signed is not { Parameters: var form } ? refusal! : await StorageAnswer.ChangeAsync(async done =>
        {
            done.Begin();
            var text = new HeardText(
                HeardText.SidOf(Value(form, "MessageSid")), InboundText.Read(Value(form, "OptOutType"), Value(form, "Body")), time.GetUtcNow(), IsTwiliosTime: false, Value(form, "Body") ?? "")
            {
                To = Value(form, "To"),
            };
            if (text.Verdict is InboundVerdict.None)
            {
                await TellAsync(Value(form, "From"), text, form);
            }
            else if (ReadSender(Value(form, "From")) is { } sender)
            {
                await HearAsync(sender, text);
            }

            return Results.Text(NoReply, "text/xml");
        });
    }

    // Who hangs up has asked all the same.
    private async Task HearAsync(string sender, HeardText text)
    {
        try
        {
            await texts.HearAsync(sender, text, CancellationToken.None);
        }
        catch (Exception e)
        {
            untaken.Add(1);
            Log.Untaken(logger, e.GetType().Name);
            throw;
        }
    }

    // It asks for nothing: it is kept as a reply, and an endpoint may want it. Where that fails Twilio is told so, which brings it again.
    private async Task TellAsync(string? from, HeardText text, IReadOnlyList<KeyValuePair<string, string>> form)
    {
        if (OptOutSender.TryRead(from, out var sender, out _))
        {
            await KeepReplyAsync(sender, text, form);
            await texts.HearAsync(sender, text, CancellationToken.None);
        }
    }

    private async Task KeepReplyAsync(string sender, HeardText text, IReadOnlyList<KeyValuePair<string, string>> form)
    {
        if (text.Sid is { } sid)
        {
            var media = int.TryParse(Value(form, "NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
            await replies.KeepAsync(new(sid, sender, text.At, text.Body, media), CancellationToken.None);
        }
    }

    private static string? Value(IEnumerable<KeyValuePair<string, string>> form, string name) => form.FirstOrDefault(pair => pair.Key == name).Value;

    // What cannot be read is kept as it came: a person wishes something, and the next text may come from the same sender.
    private string? ReadSender(string? from)
    {
        var isSender = OptOutSender.TryRead(from, out var phone, out var isNumber);
        if (!isNumber)
        {
            Log.NoNumber(logger, Redaction.Phone(from), isSender);
        }

        return isSender ? phone : null;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2210, Level = LogLevel.Error, Message = "A text that opts out or in could not be taken ({Fault}); it is read from Twilio's list later, unless Twilio repeats it")]
        public static partial void Untaken(ILogger logger, string fault);

        [LoggerMessage(EventId = 2211, Level = LogLevel.Warning, Message = "A text that opts out or in came from {Sender}, which is no phone number; it is kept as it came: {Kept}")]
        public static partial void NoNumber(ILogger logger, string sender, bool kept);
    }
}
