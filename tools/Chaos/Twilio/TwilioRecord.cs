using BulkSms.Chaos.Invariants;
using BulkSms.StatusCallbacks;
using BulkSms.TwilioSimulator;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.Chaos.Twilio;

/// <summary>The simulator's own record: what arrived, what it took, for which broadcast and under which claim.</summary>
public static class TwilioRecord
{
    public static IReadOnlyList<TakenMessage> Messages(IEnumerable<TwilioServer> twilios) =>
        [.. twilios.SelectMany(twilio => twilio.Messages.All).Select(message => new TakenMessage(message.Sid, message.To, Parameter(message.StatusCallback, "b"), message.Body, Parameter(message.StatusCallback, "r")) { MediaUrls = message.MediaUrls })];

    public static IReadOnlyList<ArrivedCall> Calls(IEnumerable<TwilioServer> twilios) =>
        [.. twilios.SelectMany(twilio => twilio.Messages.Calls.Select(call => Read(call, twilio.Options.AccountSid)))];

    private static ArrivedCall Read(CreateCall call, string account)
    {
        var form = QueryHelpers.ParseQuery(call.RawForm);
        var callback = form["StatusCallback"].ToString();
        return new(call.To, Parameter(callback, "b"), Parameter(callback, "c"), call.ArrivedAt, call.Code, call.Fault, account, Parameter(callback, "r"))
        {
            Segments = form.ContainsKey("MediaUrl") ? 1 : PostedBroadcasts.Segments,
        };
    }

    private static string? Parameter(string? callback, string name) =>
        Uri.TryCreate(callback, UriKind.Absolute, out var url) && QueryHelpers.ParseQuery(url.Query).TryGetValue(name, out var value) ? value.ToString() : null;
}
