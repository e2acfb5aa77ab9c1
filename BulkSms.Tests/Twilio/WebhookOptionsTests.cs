using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class WebhookOptionsTests
{
    private static readonly WebhookOptionsValidator Validator = new();
    private static readonly PublicBaseUrlValidator UrlValidator = new();

    [Fact]
    public void Defaults_AreValid()
    {
        Assert.Empty(Validator.Failures());
        Assert.Empty(UrlValidator.Failures());
    }

    [Theory]
    [InlineData("https://my-app.azurewebsites.net")]
    [InlineData("https://my-app.azurewebsites.net/")]
    [InlineData("https://my-app.example:8443")]
    [InlineData("http://localhost:7071")]
    [InlineData("http://127.0.0.1:7071/")]
    [InlineData("http://[::1]:7071")]
    public void Validate_PublicBaseUrl_IsAnOrigin(string url) => Assert.Empty(UrlValidator.Failures(("PublicBaseUrl", url)));

    [Theory]
    [InlineData("http://my-app.azurewebsites.net")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://localhost.example")]
    [InlineData("https://my-app.azurewebsites.net/api")]
    [InlineData("https://my-app.azurewebsites.net//")]
    [InlineData("https://my-app.azurewebsites.net/?code=1")]
    [InlineData("https://my-app.azurewebsites.net?code=1")]
    [InlineData("https://my-app.azurewebsites.net#top")]
    [InlineData("https://user:secret@my-app.azurewebsites.net")]
    [InlineData("ftp://localhost")]
    [InlineData("my-app.azurewebsites.net")]
    [InlineData("/relative")]
    public void Validate_AnythingElse_IsRefused(string url) => Assert.Equal(
        ["Webhooks:PublicBaseUrl must be an https address without a path (http on loopback)."],
        UrlValidator.Failures(("PublicBaseUrl", url)));
}
