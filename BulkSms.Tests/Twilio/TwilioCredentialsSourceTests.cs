using BulkSms.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BulkSms.Tests.Twilio;

/// <summary>Without a vault: the credentials are configuration.</summary>
public sealed class TwilioCredentialsSourceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AC1", "token")]
    [InlineData(" AC1 ", "\ttoken\r\n")] // as files and clipboards bring them
    public async Task GetAsync_Configured_AreTheCredentials(string sid, string token)
    {
        using var source = Source(new() { AccountSid = sid, AuthToken = token });

        Assert.Equal(new TwilioCredentials("AC1", "token"), await source.GetAsync(Cancellation));
    }

    [Theory]
    [InlineData(null, "token", "Twilio:AccountSid is missing or empty.")]
    [InlineData("", "token", "Twilio:AccountSid is missing or empty.")]
    [InlineData("AC1", null, "Twilio:AuthToken is missing or empty.")]
    [InlineData("AC1", " ", "Twilio:AuthToken is missing or empty.")]
    [InlineData(null, null, "Twilio:AccountSid is missing or empty.")]
    public async Task GetAsync_Missing_NamesWhatIsMissing(string? sid, string? token, string message)
    {
        using var source = Source(new() { AccountSid = sid, AuthToken = token });
        for (var i = 0; i < 2; i++)
        {
            var fault = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.GetAsync(Cancellation));
            Assert.Equal(message, fault.Message);
        }
    }

    [Fact]
    public async Task GetAsync_Again_AreTheSameForever()
    {
        var clock = new FakeTimeProvider();
        using var source = Source(new() { AccountSid = "AC1", AuthToken = "token" }, clock);
        var first = await source.GetAsync(Cancellation);
        clock.Advance(TimeSpan.FromDays(1000));

        Assert.Same(first, await source.GetAsync(Cancellation));
    }

    [Fact]
    public async Task StartingAsync_Missing_StopsTheApp()
    {
        using var source = Source(new() { AccountSid = "AC1" });

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => new TwilioCredentialsCheck(SomeAccounts.Of(source, TimeProvider.System)).StartingAsync(Cancellation));
        Assert.Equal("Twilio:AuthToken is missing or empty.", fault.Message);
    }

    private static TwilioCredentialsSource Source(TwilioOptions twilio, TimeProvider? time = null) => new(
        Options.Create(twilio), Options.Create(new KeyVaultOptions()), time ?? TimeProvider.System, NullLogger<TwilioCredentialsSource>.Instance);
}
