using BulkSms.Http;
using BulkSms.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BulkSms.StatusCallbacks;

/// <summary><c>POST /api/webhooks/clicks</c>: Twilio's word that a shortened link was followed. Trusted only with Twilio's signature.</summary>
public sealed partial class ClickEndpoint(SignedForms forms, ApplyClick apply, ILogger<ClickEndpoint> logger)
{
    /// <summary>What the callback of the Link Shortening domain is set to at Twilio: with the repeats that this app needs.</summary>
    /// <param name="root">The app's address as Twilio calls it: <see cref="WebhookOptions.PublicBaseUrl"/>.</param>
    public static string UrlAt(Uri root) => $"{root.GetLeftPart(UriPartial.Authority)}/{Routes.Prefix}/{Routes.ClickWebhook}#{StatusCallbackUrl.Retries}";

    /// <summary>200 once it is counted, or is no click on a message that is known here; 403 without a valid signature of the account that sent the message, 503 when storage is away.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var (form, refusal) = await forms.ReadAsync(request, Routes.ClickWebhook, orJson: true);
        if (form is null)
        {
            return refusal!;
        }

        if (Click.From(form) is not { } click)
        {
            Log.NotOurs(logger);
            return Results.Ok();
        }

        return await StorageAnswer.ChangeAsync(async done =>
        {
            done.Begin();
            return await apply.ApplyAsync(click, request.HttpContext.RequestAborted) ? Results.Ok() : forms.Refuse(Routes.ClickWebhook);
        });
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2708, Level = LogLevel.Warning, Message = "A signed call of the click webhook names no click on a message")]
        public static partial void NotOurs(ILogger logger);
    }
}
