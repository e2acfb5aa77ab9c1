using System.Globalization;
using System.Text.Json.Nodes;

namespace BulkSms.TwilioSimulator;

/// <summary>The account's resources as Twilio writes them. The identifiers of parts are made up.</summary>
internal sealed class AccountViews(TwilioSimulatorOptions options, AccountSetUp account)
{
    private const string Messaging = "https://messaging.twilio.com";
    private const string Created = "2025-03-04T05:06:07Z";

    public JsonObject Account(string sid) => new()
    {
        ["auth_token"] = options.TokenOf(sid),
        ["date_created"] = "Tue, 04 Mar 2025 05:06:07 +0000",
        ["friendly_name"] = "Simulated account",
        ["owner_account_sid"] = account.Owner ?? options.AccountSid,
        ["sid"] = sid,
        ["status"] = account.Status,
        ["type"] = account.Type,
        ["uri"] = $"/{TwilioPaths.ApiVersion}/Accounts/{sid}.json",
    };

    public JsonObject Balance() => new() { ["account_sid"] = options.AccountSid, ["balance"] = account.Balance, ["currency"] = "USD" };

    public JsonObject Service() => new()
    {
        ["account_sid"] = options.AccountSid,
        ["sid"] = options.MessagingServiceSid,
        ["date_created"] = Created,
        ["friendly_name"] = "Simulated service",
        ["inbound_request_url"] = account.InboundRequestUrl,
        ["inbound_method"] = account.InboundMethod,
        ["fallback_url"] = account.FallbackUrl,
        ["fallback_method"] = "POST",
        ["status_callback"] = null,
        ["sticky_sender"] = account.StickySender,
        ["mms_converter"] = true,
        ["smart_encoding"] = account.SmartEncoding,
        ["area_code_geomatch"] = true,
        ["validity_period"] = account.ValidityPeriod,
        ["scan_message_content"] = "inherit",
        ["usecase"] = "notifications",
        ["us_app_to_person_registered"] = account.Campaigns.Any(campaign => campaign.Status == "VERIFIED"),
        ["use_inbound_webhook_on_number"] = account.UseInboundWebhookOnNumber,
        ["url"] = $"{Messaging}/v1/Services/{options.MessagingServiceSid}",
    };

    public JsonObject Links() => new()
    {
        ["domain_sid"] = Sid("DN"),
        ["config_sid"] = Sid("ZK"),
        ["messaging_service_sid"] = options.MessagingServiceSid,
        ["fallback_url"] = null,
        ["callback_url"] = account.LinkShortening?.CallbackUrl,
        ["continue_on_failure"] = true,
        ["date_created"] = Created,
        ["date_updated"] = Created,
        ["url"] = $"{Messaging}/v1/LinkShortening/MessagingService/{options.MessagingServiceSid}/DomainConfig",
    };

    public JsonObject PhoneNumbers() => Page("phone_numbers", Numbers.Select(sender => Sender(sender, "PN", "phone_number")));

    public JsonObject ShortCodes() => Page("short_codes", account.ShortCodes.Select(sender => Sender(sender, "SC", "short_code")));

    public JsonObject AlphaSenders() => Page("alpha_senders", account.AlphaSenders.Select(sender => Sender(sender, "AI", "alpha_sender")));

    public JsonObject Campaigns() => Page("compliance", account.Campaigns.Select(campaign => new JsonObject
    {
        ["sid"] = Sid("QE"),
        ["account_sid"] = options.AccountSid,
        ["brand_registration_sid"] = Sid("BN"),
        ["messaging_service_sid"] = options.MessagingServiceSid,
        ["us_app_to_person_usecase"] = campaign.UseCase,
        ["campaign_status"] = campaign.Status,
        ["campaign_id"] = "CSIMULATED",
        ["is_externally_registered"] = false,
        ["rate_limits"] = new JsonObject
        {
            ["att"] = new JsonObject { ["mps"] = campaign.AttMps, ["msg_class"] = "A" },
            ["tmobile"] = new JsonObject { ["brand_tier"] = campaign.TMobileTier },
        },
        ["date_created"] = Created,
        ["mock"] = campaign.Mock,
        ["errors"] = new JsonArray([.. campaign.Errors.Select(code => new JsonObject { ["error_code"] = code, ["fields"] = new JsonArray("MESSAGE_FLOW") })]),
    }));

    public JsonObject Brands() => Page("data",
    [
        new JsonObject
        {
            ["sid"] = Sid("BN"),
            ["account_sid"] = options.AccountSid,
            ["brand_type"] = account.Brand.Type,
            ["status"] = "APPROVED",
            ["brand_score"] = account.Brand.Score,
            ["identity_status"] = "VERIFIED",
            ["russell_3000"] = false,
            ["mock"] = false,
            ["date_created"] = Created,
            ["errors"] = new JsonArray(),
        },
    ]);

    /// <param name="number">The number's identifier; empty: all.</param>
    public JsonObject TollFree(string number)
    {
        var handedIn = account.TollFreeVerifications ?? Numbers.Where(sender => sender.Name.StartsWith("+18", StringComparison.Ordinal)).ToDictionary(sender => sender.Name, _ => "TWILIO_APPROVED");
        return Page("verifications", handedIn.Where(each => number.Length == 0 || NumberSid(each.Key) == number).Select(each => new JsonObject
        {
            ["sid"] = Sid("HH"),
            ["account_sid"] = options.AccountSid,
            ["business_name"] = "Simulated clinic",
            ["tollfree_phone_number_sid"] = NumberSid(each.Key),
            ["tollfree_phone_number"] = each.Key,
            ["status"] = each.Value,
            ["rejection_reason"] = each.Value == "TWILIO_REJECTED" ? "Invalid information" : null,
            ["error_code"] = each.Value == "TWILIO_REJECTED" ? 30472 : null,
            ["date_created"] = Created,
        }));
    }

    /// <param name="codes">Countries with commas between them; empty: all.</param>
    public JsonObject GeoPermissions(string codes)
    {
        var asked = codes.Length == 0 ? AccountSetUp.Countries.Keys : codes.Split(',').Where(AccountSetUp.Countries.ContainsKey);
        return new()
        {
            ["permissions"] = new JsonArray([.. asked.Select(country => new JsonObject
            {
                ["country_code"] = country, ["type"] = "country", ["enabled"] = !account.RefusedCountries.Contains(country), ["prefix"] = AccountSetUp.Countries[country], ["message"] = "",
            })]),
        };
    }

    public JsonObject Prices(string country) => new()
    {
        ["country"] = country,
        ["iso_country"] = country,
        ["price_unit"] = account.PriceUnit,
        ["outbound_sms_prices"] = new JsonArray(new JsonObject
        {
            ["carrier"] = "Any",
            ["mcc"] = "000",
            ["mnc"] = "00",
            ["prices"] = new JsonArray([.. (account.Prices.TryGetValue(country, out var own) ? own : ["0.0083", "0.0081"]).Select((price, i) => new JsonObject
            {
                ["number_type"] = i == 0 ? "mobile" : "local", ["base_price"] = price, ["current_price"] = price,
            })]),
        }),
        ["inbound_sms_prices"] = new JsonArray(),
        ["url"] = $"https://pricing.twilio.com/v1/Messaging/Countries/{country}",
    };

    public JsonObject Alerts(DateTimeOffset since) => Page("alerts", account.Alerts.Where(alert => alert.At >= since).OrderByDescending(alert => alert.At).Select(alert => new JsonObject
    {
        ["sid"] = Sid("NO"),
        ["account_sid"] = options.AccountSid,
        ["alert_text"] = $"sourceComponent=14100&httpResponse=502&url={Uri.EscapeDataString(alert.RequestUrl)}&ErrorCode={alert.ErrorCode}",
        ["api_version"] = TwilioPaths.ApiVersion,
        ["date_created"] = Time(alert.At),
        ["date_generated"] = Time(alert.At),
        ["error_code"] = alert.ErrorCode.ToString(CultureInfo.InvariantCulture),
        ["log_level"] = "error",
        ["more_info"] = $"https://www.twilio.com/docs/errors/{alert.ErrorCode}",
        ["request_method"] = "POST",
        ["request_url"] = alert.RequestUrl,
        ["resource_sid"] = Sid("SM"),
        ["service_sid"] = null,
    }));

    private IReadOnlyList<PoolSender> Numbers => account.PhoneNumbers ?? [new(options.SenderNumber)];

    private JsonObject Sender(PoolSender sender, string kind, string name) => new()
    {
        ["sid"] = kind == "PN" ? NumberSid(sender.Name) : Sid(kind),
        ["account_sid"] = options.AccountSid,
        ["service_sid"] = options.MessagingServiceSid,
        ["date_created"] = Created,
        [name] = sender.Name,
        ["country_code"] = kind == "AI" ? null : sender.Country,
        ["capabilities"] = new JsonArray([.. sender.Capabilities.Select(each => JsonValue.Create(each))]),
    };

    private static JsonObject Page(string key, IEnumerable<JsonObject> entries) => new()
    {
        [key] = new JsonArray([.. entries]),
        ["meta"] = new JsonObject { ["page"] = 0, ["page_size"] = 50, ["previous_page_url"] = null, ["next_page_url"] = null, ["key"] = key },
    };

    private static string Sid(string kind) => $"{kind}0000000000000000000000000000fa4e";

    private static string NumberSid(string number) => $"PN{number.TrimStart('+').PadLeft(32, '0')}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
