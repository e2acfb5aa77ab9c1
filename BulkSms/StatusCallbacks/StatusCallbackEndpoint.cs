using System.Globalization;
using System.Text;
using BulkSms.Http;
using BulkSms.Security;
using BulkSms.Sending;
using BulkSms.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary><c>POST /api/webhooks/status</c>: Twilio's word about a message. Trusted only with Twilio's signature.</summary>
public sealed partial class StatusCallbackEndpoint(
    ApplyStatusCallback apply,
    TwilioCredentialsSource credentials,
    IOptions<WebhookOptions> options,
    ILogger<StatusCallbackEndpoint> logger)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>200 once the row says it (or there is no such row), 403 without a valid signature, 503 when storage is away: Twilio calls again.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        if (!RequestBody.Is(request, Form))
        {
            return Problems.WrongContentType(Form);
        }

        if (await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, request.HttpContext.RequestAborted) is not { } body)
        {
            return Problems.TooLarge(options.Value.MaxRequestBytes);
        }

        var form = Parse(body);
        if (!await IsSignedAsync(request, form))
        {
            Log.BadSignature(logger);
            return Problems.Forbidden("The signature does not fit.");
        }

        if (StatusCallbackUrl.KeyOf(request.Query) is not { } key || StatusCallback.From(form) is not { } callback)
        {
            Log.NotOurs(logger);
            return Results.Ok();
        }

        try
        {
            await apply.Async(key, callback);
            return Results.Ok();
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            return Problems.StorageUnavailable();
        }
    }

    private async Task<bool> IsSignedAsync(HttpRequest request, IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        if (options.Value.PublicBaseUrl is not { } root)
        {
            return false;
        }

        var account = await credentials.GetAsync(request.HttpContext.RequestAborted);
        var url = new Uri(root, $"/{Routes.Prefix}/{Routes.StatusWebhook}{request.QueryString}");
        return TwilioSignature.IsValid(account.AuthToken, request.Headers[TwilioSignature.Header], url, form);
    }

    private static List<KeyValuePair<string, string>> Parse(ReadOnlyMemory<byte> body)
    {
        var form = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body.Span)))
        {
            form.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return form;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A status callback without a valid signature is refused")]
        public static partial void BadSignature(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A signed status callback names no message of ours")]
        public static partial void NotOurs(ILogger logger);
    }
}

/// <summary>What a status callback says.</summary>
/// <param name="Sid">Twilio's id of the message.</param>
/// <param name="Status">Twilio's word.</param>
/// <param name="ErrorCode">Twilio's code if it failed, else null.</param>
public sealed record StatusCallback(string Sid, string Status, int? ErrorCode)
{
    /// <summary>Null when it lacks a well-formed message id or a status.</summary>
    public static StatusCallback? From(IEnumerable<KeyValuePair<string, string>> form)
    {
        var values = form.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        return values.TryGetValue("MessageSid", out var sid) && TwilioAnswer.IsMessageSid(sid) && values.TryGetValue("MessageStatus", out var status)
            ? new(sid, status, values.TryGetValue("ErrorCode", out var code) && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null)
            : null;
    }
}
