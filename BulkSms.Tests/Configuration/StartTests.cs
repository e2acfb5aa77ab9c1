using BulkSms.LocalHost;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Configuration;

/// <summary>Bad configuration stops the app at start and names the setting as it is written in configuration.</summary>
public sealed class StartTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["LocalHost:FunctionKey"] = "key",
        ["Twilio:AccountSid"] = "AC" + new string('0', 32),
        ["Twilio:AuthToken"] = "token",
        ["Twilio:MessagingServiceSid"] = "MG" + new string('0', 32),
    };

    [Theory]
    [InlineData("Twilio:MessagingServiceSid", null)]
    [InlineData("Twilio:MessagingServiceSid", "MGnope")]
    [InlineData("Twilio:AccountSid", "nope")]
    [InlineData("Twilio:BaseUrl", "http://example.com")]
    [InlineData("Sending:MaxConcurrency", "0")]
    [InlineData("Sending:ClaimLease", "00:00:05")]
    [InlineData("Broadcasts:MaxRecipients", "100001")]
    [InlineData("Prices:US", "free")]
    [InlineData("Callers:shop:KeyHashes", "the-key-itself")]
    [InlineData("Callers:key:KeyHashes", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("Callers:shop:KeyHash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("Callers:KeyHashes", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("Webhooks:PublicBaseUrl", "http://example.com")]
    [InlineData("Approval:RequiredAboveRecipients", "100")] // without Auth
    [InlineData("Approval:RequiredAboveCost", "12.5")]
    public async Task Start_OptionMissingOrOutOfRange_StopsNamingTheSetting(string setting, string? value)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(With(setting, value)));

        Assert.Contains(setting, stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits:RecipientsPerDy", "Limits:RecipientsPerDay")]
    [InlineData("Twilio:MessagingServicSid", "Twilio:MessagingServiceSid")]
    [InlineData("Sendings:MaxConcurrency", "Sending:MaxConcurrency")]
    [InlineData("LocalHost:FunctonKey", "LocalHost:FunctionKey")]
    [InlineData("LocalHost:Queues:BatchSiz", "LocalHost:Queues:BatchSize")]
    public async Task Start_SettingThatNothingReads_StopsAndProposesTheRightOne(string setting, string proposed)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(With(setting, "1")));

        Assert.Contains($"{setting} is not a setting. Did you mean {proposed} (", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Twilio:AuthToken")]
    [InlineData("Twilio:AccountSid")]
    public async Task Start_CredentialMissing_StopsNamingTheSetting(string setting)
    {
        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(With(setting, null)));

        Assert.Contains(setting, stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("LocalHost:FunctionKey")]
    public void Build_HostSettingMissing_StopsNamingTheSetting(string setting)
    {
        var stopped = Assert.ThrowsAny<Exception>(() => LocalHostApp.Build(0, With(setting, null), null));

        Assert.Contains(setting, stopped.Message, StringComparison.Ordinal);
    }

    private static async Task StartAsync(Dictionary<string, string?> settings)
    {
        await using var app = LocalHostApp.Build(0, settings, null);
        await app.Web.StartAsync();
    }

    private static Dictionary<string, string?> With(string setting, string? value) => new(Good, StringComparer.Ordinal) { [setting] = value };
}
