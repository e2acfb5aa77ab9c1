using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class KeyVaultOptionsTests
{
    private static readonly KeyVaultOptionsValidator Validator = new();

    [Fact]
    public void Defaults_AreAsDocumentedAndValid()
    {
        var options = new KeyVaultOptions();

        Assert.Equal((null, TimeSpan.FromMinutes(5)), (options.Uri, options.CacheFor));
        Assert.Equal(("TwilioAccountSid", "TwilioAuthToken"), (options.AccountSidSecret, options.AuthTokenSecret));
        Assert.Empty(Validator.Failures());
    }

    [Theory]
    [InlineData("CacheFor", "00:00:10 and 1.00:00:00", "00:00:09.999", "00:00:10", "1.00:00:00", "1.00:00:00.001")]
    public void Validate_Range_IsKept(string field, string range, params string[] values) => Validator.AssertRange(field, values, range);

    [Theory]
    [InlineData("my-Secret-1")]
    [InlineData("a")]
    public void Validate_SecretName_IsKeyVaults(string name)
    {
        Assert.Empty(Validator.Failures(("AccountSidSecret", name)));
        Assert.Empty(Validator.Failures(("AuthTokenSecret", name)));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a_b")]
    [InlineData("a?b")]
    [InlineData("a\n")]
    [InlineData("é")]
    public void Validate_OtherName_IsRefused(string name)
    {
        Assert.Equal([Message("AccountSidSecret")], Validator.Failures(("AccountSidSecret", name)));
        Assert.Equal([Message("AuthTokenSecret")], Validator.Failures(("AuthTokenSecret", name)));
    }

    [Fact]
    public void Validate_SecretNameLength_Is1To127()
    {
        Assert.Empty(Validator.Failures(("AuthTokenSecret", new string('a', 127))));
        Assert.Equal([Message("AuthTokenSecret")], Validator.Failures(("AuthTokenSecret", new string('a', 128))));
        Assert.Equal(["AuthTokenSecret: The KeyVaultOptions.AuthTokenSecret field is required."], Validator.Failures(("AuthTokenSecret", "")));
        Assert.Equal(["AccountSidSecret: The KeyVaultOptions.AccountSidSecret field is required."], Validator.Failures(("AccountSidSecret", " ")));
    }

    private static string Message(string field) =>
        $"{field}: The field KeyVaultOptions.{field} must match the regular expression '^[0-9a-zA-Z-]{{1,127}}$'.";
}
