using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class TwilioOptionsTests
{
    private const string Service = "MG0123456789abcdef0123456789ABCDEF";
    private const string BadService = "MessagingServiceSid: The field TwilioOptions.MessagingServiceSid must match the regular expression '^MG[0-9a-fA-F]{32}$'.";
    private const string BadAccount = "AccountSid: The field TwilioOptions.AccountSid must match the regular expression '^AC[0-9a-fA-F]{32}$'.";
    private const string BadUrl = "Twilio:BaseUrl must be an https address, or an http one on loopback.";

    private static readonly TwilioOptionsValidator Validator = new();
    private static readonly TwilioBaseUrlValidator UrlValidator = new();

    [Fact]
    public void Defaults_AreAsDocumented()
    {
        var options = new TwilioOptions();

        Assert.Equal(("", null, null), (options.MessagingServiceSid, options.AccountSid, options.AuthToken));
        Assert.Equal("https://api.twilio.com/", options.BaseUrl.AbsoluteUri);
        Assert.Equal(["MessagingServiceSid: The TwilioOptions.MessagingServiceSid field is required."], Validator.Failures());
        Assert.Empty(UrlValidator.Failures());
    }

    [Theory]
    [InlineData(Service, true)]
    [InlineData("MG0123456789abcdef0123456789abcde", false)]
    [InlineData("MG0123456789abcdef0123456789abcdef0", false)]
    [InlineData("MG0123456789abcdef0123456789abcdeg", false)]
    [InlineData("AC0123456789abcdef0123456789abcdef", false)]
    [InlineData(Service + "\n", false)]
    [InlineData(" " + Service, false)]
    public void Validate_MessagingServiceSid_HasItsForm(string sid, bool valid) =>
        Assert.Equal(valid ? [] : [BadService], Validator.Failures(("MessagingServiceSid", sid)));

    [Theory]
    [InlineData("AC0123456789abcdef0123456789abcdef", true)]
    [InlineData("", true)] // Key Vault may hold it
    [InlineData("SK0123456789abcdef0123456789abcdef", false)]
    [InlineData("AC0123456789abcdef0123456789abcdef\n", false)]
    public void Validate_AccountSid_HasItsFormIfGiven(string sid, bool valid) =>
        Assert.Equal(valid ? [] : [BadAccount], Validator.Failures(("MessagingServiceSid", Service), ("AccountSid", sid)));

    [Theory]
    [InlineData("https://api.twilio.com")]
    [InlineData("https://api.dublin.ie1.twilio.com/")]
    [InlineData("HTTPS://api.twilio.com")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://[::1]:5000")]
    public void Validate_SafeBaseUrl_IsValid(string url) => Assert.Empty(UrlValidator.Failures(("BaseUrl", url)));

    [Theory]
    [InlineData("http://api.twilio.com")]
    [InlineData("http://127.0.0.1.example")]
    [InlineData("http://localhost.example")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://0.0.0.0")]
    [InlineData("ftp://localhost")]
    [InlineData("file:///etc/passwd")]
    [InlineData("api.twilio.com")]
    [InlineData("/relative")]
    public void Validate_BaseUrlOnWhichCredentialsCouldBeRead_IsRefused(string url) => Assert.Equal([BadUrl], UrlValidator.Failures(("BaseUrl", url)));

    // BaseAddressHandler keeps nothing of it but scheme, host and port.
    [Theory]
    [InlineData("https://proxy.example/twilio")]
    [InlineData("https://proxy.example/?key=1")]
    [InlineData("https://user:secret@proxy.example")]
    public void Validate_BaseUrlWithMoreThanAnOrigin_IsRefusedNotCutShort(string url) => Assert.NotEmpty(UrlValidator.Failures(("BaseUrl", url)));

    [Fact]
    public void Validate_NoBaseUrl_IsRefused()
    {
        Assert.Equal(["BaseUrl: The TwilioOptions.BaseUrl field is required."], Validator.Failures(("MessagingServiceSid", Service), ("BaseUrl", "")));
        Assert.Equal([BadUrl], UrlValidator.Failures(("BaseUrl", "")));
    }
}
