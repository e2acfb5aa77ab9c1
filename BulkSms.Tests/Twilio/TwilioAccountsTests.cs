using BulkSms.Profiles;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Twilio;

/// <summary>Which credentials a profile has, and which an account.</summary>
public sealed class TwilioAccountsTests : IDisposable
{
    private static readonly TwilioCredentials Own = new("AC0", "token0");
    private static readonly TwilioCredentials Alerts = new("AC1", "token1");
    private readonly TwilioCredentialsSource own = new(
        Options.Create(new TwilioOptions { AccountSid = Own.AccountSid, AuthToken = Own.AuthToken }), Options.Create(new KeyVaultOptions()), TimeProvider.System, NullLogger<TwilioCredentialsSource>.Instance);

    private readonly TwilioAccounts accounts;

    public TwilioAccountsTests() => accounts = SomeAccounts.Of(
        own, TimeProvider.System,
        ("alerts", new() { MessagingServiceSid = "MG1", AccountSid = Alerts.AccountSid, AuthToken = Alerts.AuthToken }), ("mail", new() { MessagingServiceSid = "MG2" }));

    [Theory]
    [InlineData(null, "AC0", "MG0")]
    [InlineData("alerts", "AC1", "MG1")]
    [InlineData("mail", "AC0", "MG2")]
    public async Task Of_AProfile_IsItsOwnAccountOrThatOfTwilio(string? name, string account, string service)
    {
        var profile = accounts.Profiles.Find(name)!;

        Assert.Equal((account, service), ((await accounts.Of(profile).GetAsync(default)).AccountSid, accounts.ServiceOf(profile)));
    }

    [Theory]
    [InlineData(null, "AC0", true)]
    [InlineData("ALERTS", "AC1", true)]
    [InlineData("mail", "AC0", true)]
    [InlineData("mail", "AC1", false)] // another profile's account is not this one's
    [InlineData("alerts", "AC0", false)]
    [InlineData("gone", "AC0", false)]
    public async Task Has_ProfileAndAccount_OnlyTogether(string? profile, string account, bool expected) => Assert.Equal(expected, await accounts.HasAsync(profile, account, default));

    [Fact]
    public async Task Find_AnAccount_IsThatOfAnyProfile()
    {
        Assert.Equal((Own, Alerts), (await accounts.FindAsync("AC0", default), await accounts.FindAsync("AC1", default)));
        Assert.Null(await accounts.FindAsync("AC2", default));
        Assert.Null(await accounts.FindAsync(null, default));
    }

    [Fact]
    public async Task Find_WhileCredentialsCannotBeRead_ConcludesNothingOfAnUnknownAccount()
    {
        using var unread = new TwilioCredentialsSource(
            Options.Create(new TwilioOptions()), Options.Create(new KeyVaultOptions()), TimeProvider.System, NullLogger<TwilioCredentialsSource>.Instance);
        using var some = SomeAccounts.Of(unread, TimeProvider.System, ("alerts", new() { MessagingServiceSid = "MG1", AccountSid = Alerts.AccountSid, AuthToken = Alerts.AuthToken }));

        Assert.Equal(Alerts, await some.FindAsync("AC1", default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await some.FindAsync("AC2", default));
        Assert.Null(await some.HasAsync(null, "AC0", default));
    }

    [Fact]
    public async Task Renew_WithoutAVault_IsTheSame() => Assert.Equal(Alerts, await accounts.RenewAsync(Alerts, DateTimeOffset.MaxValue));

    public void Dispose()
    {
        accounts.Dispose();
        own.Dispose();
    }
}
