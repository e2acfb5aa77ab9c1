using System.Globalization;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BulkSms.StatusCallbacks;

/// <summary><c>POST /api/webhooks/status</c>: Twilio's word about a message. Trusted only with Twilio's signature.</summary>
public sealed partial class StatusCallbackEndpoint(SignedForms forms, ApplyStatusCallback apply, ILogger<StatusCallbackEndpoint> logger)
{
    /// <summary>200 once the row says it (or there is no such row), 403 without a valid signature of the account that the message was accepted for, 503 when storage is away: Twilio calls again.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var (form, refusal) = await forms.ReadAsync(request, Routes.StatusWebhook);
        if (form is null)
        {
            return refusal!;
        }

        if (StatusCallbackUrl.KeyOf(request.Query) is not { } key || StatusCallback.From(form.Parameters) is not { } callback)
        {
            Log.NotOurs(logger);
            return Results.Ok();
        }

        using var activity = BulkSmsTelemetry.Continue("status callback", StatusCallbackUrl.TraceOf(request.Query), key.BroadcastId)
            ?.SetTag("bulksms.message.sid", callback.Sid).SetTag("bulksms.message.status", callback.Status);
        return await StorageAnswer.ChangeAsync(async done =>
        {
            done.Begin();
            return await apply.ApplyAsync(key, callback with { Account = form.Account }) ? Results.Ok() : forms.Refuse(Routes.StatusWebhook);
        });
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2706, Level = LogLevel.Warning, Message = "A signed status callback names no message of ours")]
        public static partial void NotOurs(ILogger logger);
    }
}

/// <summary>What a status callback says.</summary>
/// <param name="Sid">Twilio's id of the message.</param>
/// <param name="Status">Twilio's word.</param>
/// <param name="ErrorCode">Twilio's code if it failed, else null.</param>
public sealed record StatusCallback(string Sid, string Status, int? ErrorCode)
{
    /// <summary>The account that signed it; null: Twilio was asked, with the credentials of the account.</summary>
    public string? Account { get; init; }

    /// <summary>Null when it lacks a well-formed message id or a status.</summary>
    public static StatusCallback? From(IReadOnlyList<KeyValuePair<string, string>> form) =>
        First(form, "MessageSid") is { } sid && TwilioAnswer.IsMessageSid(sid) && First(form, "MessageStatus") is { } status
            ? new(sid, status, int.TryParse(First(form, "ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null)
            : null;

    // Of a parameter that is repeated, the first one.
    private static string? First(IReadOnlyList<KeyValuePair<string, string>> form, string name)
    {
        foreach (var (each, value) in form)
        {
            if (each == name)
            {
                return value;
            }
        }

        return null;
    }
}
