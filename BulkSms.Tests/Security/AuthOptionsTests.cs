using BulkSms.Security;

namespace BulkSms.Tests.Security;

public sealed class AuthOptionsTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("https://login.invalid/t/v2.0", "api", null)]
    [InlineData("http://127.0.0.1:5000", "api", null)]
    [InlineData(null, "api", "Auth:Authority is missing, though Auth:Audience is there.")]
    [InlineData("https://login.invalid", null, "Auth:Audience is missing, though Auth:Authority is there.")]
    [InlineData("https://login.invalid", "", "Auth:Audience is missing, though Auth:Authority is there.")]
    [InlineData("http://login.invalid", "api", "Auth:Authority must be an https address (http on loopback).")]
    [InlineData("/relative", "api", "Auth:Authority must be an https address (http on loopback).")]
    public void Validate_Settings_BothOrNone(string? authority, string? audience, string? fault) => Assert.Equal(
        fault,
        new AuthOptionsValidator().Validate(null, new() { Authority = authority is null ? null : new(authority, UriKind.RelativeOrAbsolute), Audience = audience }).FailureMessage);
}
