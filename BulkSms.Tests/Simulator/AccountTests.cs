using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Simulator;

/// <summary>What can be read of the account: the fields that Twilio's description has, as a test has set them.</summary>
public sealed class AccountTests : SimulatorTests
{
    [Fact]
    public async Task Resources_All_HaveTheFieldsOfTwilios()
    {
        var (account, service) = ($"/2010-04-01/Accounts/{Server.Options.AccountSid}", $"/v1/Services/{Server.Options.MessagingServiceSid}");
        Server.Account.Alerts.Enqueue(new("https://app.example/api/webhooks/status", 11200, Server.Options.Time.GetUtcNow()));
        Server.Account.ShortCodes = [new("12345")];
        Server.Account.AlphaSenders = [new("CLINIC")];
        Server.Account.RefusedCountries.Add("IN");

        foreach (var (path, list, fields) in new[]
        {
            ($"{account}.json", "", "auth_token owner_account_sid sid status type"),
            ($"{account}/Balance.json", "", "account_sid balance currency"),
            (service, "", "inbound_request_url inbound_method fallback_url sticky_sender smart_encoding validity_period us_app_to_person_registered use_inbound_webhook_on_number"),
            ($"{service}/PhoneNumbers", "phone_numbers", "phone_number country_code capabilities"),
            ($"{service}/ShortCodes", "short_codes", "short_code country_code capabilities"),
            ($"{service}/AlphaSenders", "alpha_senders", "alpha_sender capabilities"),
            ($"{service}/Compliance/Usa2p", "compliance", "campaign_status rate_limits mock errors"),
            ("/v1/Messaging/GeoPermissions?CountryCode=IN,US", "permissions", "country_code type enabled prefix message"),
            ("/v1/Alerts?StartDate=2025-01-01T00:00:00Z", "alerts", "request_url error_code date_generated log_level"),
        })
        {
            using var answer = JsonDocument.Parse(await GetAsync(path, Server.Options.AuthToken));
            var resource = list.Length == 0 ? answer.RootElement : answer.RootElement.GetProperty(list)[0];
            Assert.All(fields.Split(' '), field => Assert.True(resource.TryGetProperty(field, out _), $"{path}: {field}"));
            Assert.Contains("20003", await GetAsync(path, "wrong"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Alerts_OfATextThatWasNotTaken_AreRecorded()
    {
        await Server.SendInboundAsync(new("http://127.0.0.1:1/optout"), Ada, "STOP");

        Assert.Equal(("http://127.0.0.1:1/optout", 11200), Server.Account.Alerts.Select(alert => (alert.RequestUrl, alert.ErrorCode)).Single());
        Assert.DoesNotContain("11200", await GetAsync("/v1/Alerts?StartDate=2999-01-01T00:00:00Z", Server.Options.AuthToken), StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string path, string token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Server.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Server.Options.AccountSid}:{token}")));
        using var answer = await http.GetAsync(path, Cancellation);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
