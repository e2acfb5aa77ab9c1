using BulkSms.OptOuts;
using BulkSms.Storage;
using BulkSms.Twilio;
using BulkSms.WebConsole;

namespace BulkSms.LocalHost;

/// <summary>What LocalHost says when it has started: where it is, with what it works, and a first call.</summary>
public static class Greeting
{
    /// <param name="url">Where it listens.</param>
    /// <param name="key">The function key.</param>
    /// <param name="ownStorage">Where its own storage is; null: it uses the account of the environment.</param>
    /// <param name="twilioUrl">Where Twilio is.</param>
    /// <param name="publicUrl">Its address as Twilio calls it; null: Twilio is not asked to call.</param>
    /// <param name="hasConsole">Whether the web console is part of this build.</param>
    public static string Of(Uri url, string key, string? ownStorage, Uri twilioUrl, Uri? publicUrl, bool hasConsole)
    {
        var twilio = twilioUrl.IsLoopback ? $"simulated at {twilioUrl}" : "the account in the environment: messages are real and cost money";
        var optOuts = publicUrl is null
            ? $"texts from recipients are not received: {WebhookOptions.Section}__{nameof(WebhookOptions.PublicBaseUrl)} is not set"
            : $"inbound webhook of the Messaging Service: {OptOutWebhook.UrlAt(publicUrl)}";
        return $$"""
            BulkSms listens at {{url}}
            Storage:      {{ownStorage ?? $"the account that {StorageServices.Setting} names"}}
            Twilio:       {{twilio}}
            Opt-outs:     {{optOuts}}
            Function key: {{key}}
            Console:      {{(hasConsole ? ConsoleLink(url, key) : "not part of this build, which was made without Node.js")}}

            For another terminal, where the examples of the documents run:

            export URL={{url.ToString().TrimEnd('/')}} KEY={{key}}{{(twilioUrl.IsLoopback ? $" SIM={twilioUrl.ToString().TrimEnd('/')}" : "")}}
            curl "$URL/api/v1/broadcasts" -H "x-functions-key: $KEY" -H 'content-type: application/json' \
              -d '{"message": "The clinic is closed today.", "recipients": ["+15551230001", "+15551230002"]}'

            Ctrl+C stops it.
            """;
    }

    // No browser sends the fragment, so the key comes into no log; the page takes it out of its address at once.
    private static string ConsoleLink(Uri url, string key) => $"{new Uri(url, ConsoleEndpoint.Root)}#key={Uri.EscapeDataString(key)}";
}
