using System.Globalization;
using System.Text.Json;

namespace BulkSms.Twilio.Account;

/// <summary>
/// Asks Twilio how an account is set, reading only. Names and fields were compared by hand with Twilio's published description (twilio-oai of 2026-04) on 2026-11-27. Each question
/// has an answer: a call that fails says why.
/// </summary>
public sealed class TwilioAccount(TwilioReader reader)
{
    private const int PageSize = 100;

    /// <summary>The most that Twilio gives in one page: the newest come first, and one page of failures is enough.</summary>
    private const int AlertsPage = 1000;

    private const string Services = $"{TwilioHttpClient.PublicMessagingAddress}/v1/Services";

    public Task<Asked<AccountFact>> AccountAsync(TwilioCredentials of, CancellationToken cancellation) => AskAsync(of, $"/2010-04-01/Accounts/{of.AccountSid}.json", answer =>
    {
        var account = answer.Root; // it holds the auth token, too: that is not read
        return new AccountFact(
            account.GetProperty("status").GetString()!, account.GetProperty("type").GetString()!, Text(account, "owner_account_sid") is { } owner && owner != of.AccountSid, answer.Clock);
    }, cancellation);

    public Task<Asked<BalanceFact>> BalanceAsync(TwilioCredentials of, CancellationToken cancellation) => AskAsync(
        of,
        $"/2010-04-01/Accounts/{of.AccountSid}/Balance.json",
        answer => new BalanceFact(decimal.Parse(answer.Root.GetProperty("balance").GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture), answer.Root.GetProperty("currency").GetString()!),
        cancellation);

    public Task<Asked<ServiceFact>> ServiceAsync(TwilioCredentials of, string service, CancellationToken cancellation) =>
        AskAsync(of, $"{Services}/{service}", answer => Service(answer.Root), cancellation);

    /// <summary>The Link Shortening domain of the Messaging Service; 404: it has none.</summary>
    public Task<Asked<LinksFact>> LinksAsync(TwilioCredentials of, string service, CancellationToken cancellation) => AskAsync(
        of,
        $"{TwilioHttpClient.PublicMessagingAddress}/v1/LinkShortening/MessagingService/{service}/DomainConfig",
        answer => new LinksFact(Text(answer.Root, "domain_sid") is not null, Text(answer.Root, "callback_url")),
        cancellation);

    /// <summary>Numbers, short codes and alphanumeric senders.</summary>
    public Task<Asked<IReadOnlyList<SenderFact>>> SendersAsync(TwilioCredentials of, string service, CancellationToken cancellation) => TryAsync<IReadOnlyList<SenderFact>>(async () =>
    {
        var numbers = await ListAsync(of, service, "PhoneNumbers", "phone_numbers", each => SenderReading.Number(Text(each, "phone_number"), Text(each, "country_code"), Capabilities(each)) with { Sid = Text(each, "sid") }, cancellation);
        var shortCodes = await ListAsync(of, service, "ShortCodes", "short_codes", each => SenderReading.ShortCode(Text(each, "country_code"), Capabilities(each)), cancellation);
        var names = await ListAsync(of, service, "AlphaSenders", "alpha_senders", each => SenderReading.Name(Capabilities(each)), cancellation);
        return [.. numbers, .. shortCodes, .. names];
    }, cancellation);

    /// <summary>Registrations for the United States; none is an answer.</summary>
    public Task<Asked<IReadOnlyList<CampaignFact>>> CampaignsAsync(TwilioCredentials of, string service, CancellationToken cancellation) =>
        TryAsync(() => ListAsync(of, service, "Compliance/Usa2p", "compliance", Campaign, cancellation), cancellation);

    /// <summary>Who campaigns are registered for: all brands of the account.</summary>
    public Task<Asked<IReadOnlyList<BrandFact>>> BrandsAsync(TwilioCredentials of, CancellationToken cancellation) => TryAsync(
        () => reader.ListAsync(of, $"{TwilioHttpClient.PublicMessagingAddress}/v1/a2p/BrandRegistrations?PageSize={PageSize}", "data", Brand, cancellation), cancellation);

    /// <summary>What was handed in for toll-free numbers of the account.</summary>
    public Task<Asked<IReadOnlyList<TollFreeFact>>> TollFreeAsync(TwilioCredentials of, CancellationToken cancellation) => TryAsync(
        () => reader.ListAsync(
            of,
            $"{TwilioHttpClient.PublicMessagingAddress}/v1/Tollfree/Verifications?PageSize={PageSize}", // an entry holds a person's name and address, too: they are not read
            "verifications",
            each => new TollFreeFact(Text(each, "tollfree_phone_number_sid"), Text(each, "status") ?? "UNKNOWN"),
            cancellation),
        cancellation);

    /// <summary>The countries that may be texted, and those that may not.</summary>
    /// <param name="of">Whose account.</param>
    /// <param name="countries">Of which countries; none: of all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Asked<PermissionFact>> PermissionsAsync(TwilioCredentials of, IReadOnlyCollection<string> countries, CancellationToken cancellation) => AskAsync(
        of,
        $"{TwilioHttpClient.PublicAccountsAddress}/v1/Messaging/GeoPermissions{(countries.Count == 0 ? "" : $"?CountryCode={string.Join(',', countries)}")}",
        answer => Permissions(answer.Root.GetProperty("permissions")),
        cancellation);

    /// <summary>Webhooks that failed since a time, of all that the account has.</summary>
    public Task<Asked<IReadOnlyList<WebhookAlert>>> AlertsAsync(TwilioCredentials of, DateTimeOffset since, CancellationToken cancellation) => AskAsync<IReadOnlyList<WebhookAlert>>(
        of,
        string.Create(CultureInfo.InvariantCulture, $"{TwilioHttpClient.PublicMonitorAddress}/v1/Alerts?StartDate={since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}&PageSize={AlertsPage}"),
        answer => [.. answer.Root.GetProperty("alerts").EnumerateArray().Select(Alert).OfType<WebhookAlert>()],
        cancellation);

    /// <summary>What a text to a country costs this account; 404: Twilio lists no such country.</summary>
    public Task<Asked<PricesFact>> PricesAsync(TwilioCredentials of, string country, CancellationToken cancellation) => AskAsync(
        of, $"{TwilioHttpClient.PublicPricingAddress}/v1/Messaging/Countries/{country}", answer => Prices(answer.Root), cancellation);

    private Task<IReadOnlyList<T>> ListAsync<T>(TwilioCredentials of, string service, string path, string list, Func<JsonElement, T> read, CancellationToken cancellation) =>
        reader.ListAsync(of, $"{Services}/{service}/{path}?PageSize={PageSize}", list, read, cancellation);

    private Task<Asked<T>> AskAsync<T>(TwilioCredentials of, string address, Func<TwilioDocument, T> read, CancellationToken cancellation)
        where T : class => TryAsync(async () =>
    {
        using var answer = await reader.GetAsync(of, address, cancellation);
        return read(answer);
    }, cancellation);

    private static async Task<Asked<T>> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return Asked.Known<T>(await ask());
        }
        catch (Exception e) when (TwilioReader.IsNoAnswer(e))
        {
            return cancellation.IsCancellationRequested ? Asked.Failed<T>(new OperationCanceledException(cancellation)) : Asked.Failed<T>(e);
        }
    }

    private static ServiceFact Service(JsonElement service) => new(
        Text(service, "inbound_request_url"),
        Text(service, "inbound_method") ?? "POST",
        Text(service, "fallback_url"),
        Flag(service, "use_inbound_webhook_on_number"),
        Flag(service, "smart_encoding"),
        Flag(service, "sticky_sender"),
        TimeSpan.FromSeconds(service.GetProperty("validity_period").GetInt32()),
        Flag(service, "us_app_to_person_registered"));

    private static CampaignFact Campaign(JsonElement campaign)
    {
        var limits = campaign.TryGetProperty("rate_limits", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        return new(
            Text(campaign, "campaign_status") ?? "UNKNOWN",
            Flag(campaign, "mock"),
            Below(limits, "att") is { } att && att.TryGetProperty("mps", out var rate) && rate.ValueKind == JsonValueKind.Number ? rate.GetDouble() : null,
            Below(limits, "tmobile") is { } tMobile ? Text(tMobile, "brand_tier") : null,
            campaign.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? [.. errors.EnumerateArray().Select(error => Below(error, "error_code") is { } code ? code.ToString() : "").Where(code => code.Length > 0 && code.All(char.IsAsciiDigit))]
                : [])
        {
            BrandSid = Text(campaign, "brand_registration_sid"),
            UseCase = Text(campaign, "us_app_to_person_usecase"),
        };
    }

    private static BrandFact Brand(JsonElement brand) => new(
        Text(brand, "sid") ?? "",
        Text(brand, "brand_type") == "SOLE_PROPRIETOR",
        Below(brand, "brand_score") is { ValueKind: JsonValueKind.Number } score && score.TryGetInt32(out var points) ? points : null,
        Flag(brand, "russell_3000"));

    private static PermissionFact Permissions(JsonElement permissions)
    {
        var countries = permissions.EnumerateArray().Where(each => Text(each, "type") is null or "country").ToLookup(each => Flag(each, "enabled"), each => Text(each, "country_code") ?? "");
        return new(countries[true].ToHashSet(StringComparer.Ordinal), countries[false].ToHashSet(StringComparer.Ordinal));
    }

    private static PricesFact Prices(JsonElement country) => new(
        Text(country, "price_unit") ?? "",
        [
            .. Entries(country, "outbound_sms_prices").SelectMany(network => Entries(network, "prices")).Select(price => Below(price, "current_price")).OfType<JsonElement>()
                .Select(price => decimal.TryParse(price.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : throw new FormatException("A price is no number."))
                .Where(price => price > 0),
        ]);

    private static IEnumerable<JsonElement> Entries(JsonElement element, string name) => Below(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static WebhookAlert? Alert(JsonElement alert) =>
        Uri.TryCreate(Text(alert, "request_url"), UriKind.Absolute, out var url) && alert.TryGetProperty("date_generated", out var at) && at.TryGetDateTimeOffset(out var time)
            ? new(url, Text(alert, "error_code") is { } code && code.All(char.IsAsciiDigit) ? code : "", time)
            : null;

    private static IReadOnlyList<string>? Capabilities(JsonElement sender) => sender.TryGetProperty("capabilities", out var all) && all.ValueKind == JsonValueKind.Array
        ? [.. all.EnumerateArray().Select(each => each.ToString())]
        : null;

    private static JsonElement? Below(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Below(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool Flag(JsonElement element, string name) => Below(element, name) is { ValueKind: JsonValueKind.True };
}
