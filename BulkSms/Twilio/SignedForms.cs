using System.Diagnostics.Metrics;
using System.Text;
using BulkSms.Http;
using BulkSms.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>Reads the forms that Twilio posts to a webhook: bounded, and only with Twilio's signature over address and parameters.</summary>
public sealed partial class SignedForms
{
    private const string AccountSid = "AccountSid";
    private const string ClickAccountSid = "account_sid";
    private const string Form = "application/x-www-form-urlencoded";

    private readonly TwilioAccounts accounts;
    private readonly IOptions<WebhookOptions> options;
    private readonly ILogger<SignedForms> logger;
    private readonly TimeProvider time;
    private readonly Counter<long> refused;
    private readonly Counter<long> accepted;

    public SignedForms(TwilioAccounts accounts, IOptions<WebhookOptions> options, IMeterFactory meters, TimeProvider time, ILogger<SignedForms> logger)
    {
        (this.accounts, this.options, this.time, this.logger) = (accounts, options, time, logger);
        var meter = meters.Create(BulkSmsTelemetry.Name);
        refused = meter.CreateCounter<long>("bulksms.webhooks.refused", "{call}", "Calls to a webhook without Twilio's signature, by route");
        accepted = meter.CreateCounter<long>("bulksms.webhooks.accepted", "{call}", "Calls to a webhook with Twilio's signature, by route");
    }

    /// <summary>The form with the account that signed it, or why it is refused: 400, 403, 413, 415.</summary>
    /// <param name="request">The request.</param>
    /// <param name="route">The webhook's own route, of <see cref="Routes"/>.</param>
    /// <param name="orJson">Whether it may be a JSON object in place of a form.</param>
    public async Task<(SignedForm? Form, IResult? Refusal)> ReadAsync(HttpRequest request, string route, bool orJson = false)
    {
        var isJson = orJson && RequestBody.Is(request, SignedJson.MediaType);
        if (!isJson && !RequestBody.Is(request, Form))
        {
            return (null, Problems.WrongContentType(orJson ? $"{Form} or {SignedJson.MediaType}" : Form));
        }

        var read = await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, body => isJson ? ParseJson(body, request, route) : Parse(body));
        if (read.Value is not { } form)
        {
            return (null, read.Refusal);
        }

        if (await SignerOfAsync(request, route, form, isJson ? [] : form) is not { } signer)
        {
            return (null, Refuse(route));
        }

        accepted.Add(1, KeyValuePair.Create<string, object?>("route", route));
        return (new(signer, form), null);
    }

    /// <summary>The answer to a form that is not signed by the account that it would have to be signed by.</summary>
    public IResult Refuse(string route)
    {
        Log.BadSignature(logger, route);
        refused.Add(1, KeyValuePair.Create<string, object?>("route", route));
        return Problems.Forbidden("The signature does not fit.");
    }

    private ReadResult<List<KeyValuePair<string, string>>> ParseJson(ReadOnlyMemory<byte> body, HttpRequest request, string route) =>
        SignedJson.IsNamed(body.Span, request.Query[SignedJson.BodyHash]) && SignedJson.Read(body) is { } read ? read : new ReadResult<List<KeyValuePair<string, string>>>(null, Refuse(route));

    private async Task<string?> SignerOfAsync(HttpRequest request, string route, List<KeyValuePair<string, string>> form, List<KeyValuePair<string, string>> signed)
    {
        if (options.Value.PublicBaseUrl is not { } root)
        {
            return null;
        }

        // By the token of the account that the form names: no other may speak for it.
        var account = await AccountOfAsync(form, request.HttpContext.RequestAborted);
        var url = root.GetLeftPart(UriPartial.Authority) + TargetOf(request, route);
        string? signature = request.Headers[TwilioSignature.Header];
        if (TwilioSignature.IsValid(account.AuthToken, signature, url, signed))
        {
            return account.AccountSid;
        }

        // The token may have been rotated; forged calls make the vault be read no more often than that.
        var renewed = await accounts.RenewAsync(account, readBefore: time.GetUtcNow() - TwilioCredentialsSource.RenewAfter);
        return renewed != account && TwilioSignature.IsValid(renewed.AuthToken, signature, url, signed) ? renewed.AccountSid : null;
    }

    // A form that names none of ours is tried by that of the profile "default", and counts as signed by it.
    private async Task<TwilioCredentials> AccountOfAsync(List<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        var named = form.Find(parameter => parameter.Key is AccountSid or ClickAccountSid).Value;
        foreach (var source in accounts.Sources)
        {
            if (await source.TryGetAsync(cancellation) is { } known && known.AccountSid == named)
            {
                return known;
            }
        }

        return await accounts.Of(accounts.Profiles.Default).GetAsync(cancellation);
    }

    // As it was spelled: Twilio signs the address as it was given, with its escapes and a slash at its end.
    private static string TargetOf(HttpRequest request, string route) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] raw ? raw : $"/{Routes.Prefix}/{route}{request.QueryString}";

    private static ReadResult<List<KeyValuePair<string, string>>> Parse(ReadOnlyMemory<byte> body)
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
        [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "A call to {Route} without a valid signature is refused")]
        public static partial void BadSignature(ILogger logger, string route);
    }
}

/// <summary>A form that Twilio has signed.</summary>
/// <param name="Account">The account by whose token.</param>
/// <param name="Parameters">Its parameters in their order.</param>
public sealed record SignedForm(string Account, IReadOnlyList<KeyValuePair<string, string>> Parameters);
