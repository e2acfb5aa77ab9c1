using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class KeyVaultOptionsTests
{
    private static readonly KeyVaultOptionsValidator Validator = new();

    [Fact]
    public void Defaults_AreValid() => Assert.Empty(Validator.Failures());

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
