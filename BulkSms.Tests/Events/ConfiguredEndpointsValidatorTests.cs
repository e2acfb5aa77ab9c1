using BulkSms.Events;
using BulkSms.Outbox;

namespace BulkSms.Tests.Events;

public sealed class ConfiguredEndpointsValidatorTests
{
    private const string Url = "https://example.com/hooks";
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Theory]
    [InlineData("crm", Url, "", Secret)]
    [InlineData("crm-2", Url, "broadcast.completed; optout.changed", Secret + "; " + Secret)]
    [InlineData("crm", "https://8.8.8.8/", "", Secret)]
    public void Validate_Right_SaysNothing(string name, string url, string types, string secret) => Assert.Empty(ErrorsOf(name, url, types, secret));

    [Theory]
    [InlineData("CRM", Url, "", Secret, "Events:Endpoints:CRM: an endpoint's name")]
    [InlineData("event-grid", Url, "", Secret, "Events:Endpoints:event-grid: an endpoint's name")]
    [InlineData("crm", "", "", Secret, "Events:Endpoints:crm:Url must be an address")]
    [InlineData("crm", "example.com/hooks", "", Secret, "Events:Endpoints:crm:Url must be an address")]
    [InlineData("crm", "http://example.com/", "", Secret, "Events:Endpoints:crm:Url must be an https address")]
    [InlineData("crm", "https://a:b@example.com/", "", Secret, "Events:Endpoints:crm:Url must have neither")]
    [InlineData("crm", "https://169.254.169.254/", "", Secret, "Events:Endpoints:crm:Url must be a public address")]
    [InlineData("crm", "https://[::1]/", "", Secret, "Events:Endpoints:crm:Url must be a public address")]
    [InlineData("crm", Url, "broadcast.complete", Secret, "Events:Endpoints:crm:Types has broadcast.complete")]
    [InlineData("crm", Url, "", "", "Events:Endpoints:crm:Secret must be")]
    [InlineData("crm", Url, "", "whsec_c2hvcnQ=", "Events:Endpoints:crm:Secret must be")]
    [InlineData("crm", Url, "", "whsec_not base64", "Events:Endpoints:crm:Secret must be")]
    [InlineData("crm", Url, "", Secret + ";" + Secret + ";" + Secret, "Events:Endpoints:crm:Secret must be")]
    [InlineData("crm", Url, "", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)", "was not resolved")]
    public void Validate_Wrong_NamesTheSettingAndShowsNoSecret(string name, string url, string types, string secret, string error)
    {
        var errors = ErrorsOf(name, url, types, secret);

        Assert.Contains(error, Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", errors[0], StringComparison.Ordinal);
    }

    private static string[] ErrorsOf(string name, string url, string types, string secret)
    {
        var options = new EventOptions();
        options.Endpoints[name] = new() { Url = url, Types = types, Secret = secret };
        return [.. new ConfiguredEndpointsValidator().Validate(null, options).Failures ?? []];
    }
}
