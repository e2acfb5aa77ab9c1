using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class TwilioSignatureTests
{
    private const string Token = "12345";
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";

    // The form of Twilio's documented example with fictitious numbers, signed by Python's hmac (which gives Twilio's own signature for Twilio's numbers).
    private const string Signature = "suYgWxNvxFq0LXvuGw0oQC2v0SE=";
    private const string OtherCaller = "+15559013030";
    private const string OtherSignature = "fZA8G0h41BtBwbxoJSVy0xTH6DA=";

    private static readonly KeyValuePair<string, string>[] Form = FormOf("+15558675309");

    [Fact]
    public void IsValid_ExampleOfTwiliosForm_IsTrue()
    {
        Assert.True(TwilioSignature.IsValid(Token, Signature, new(Url), Form));
        Assert.True(TwilioSignature.IsValid(Token, OtherSignature, new(Url), FormOf(OtherCaller)));
    }

    [Fact]
    public void Compute_ExampleOfTwiliosForm_IsItsSignature() => Assert.Equal(Signature, Convert.ToBase64String(TwilioSignature.Compute(Token, Url, Form)));

    [Fact]
    public void IsValid_ParametersInAnotherOrder_IsTrue() => Assert.True(TwilioSignature.IsValid(Token, Signature, new(Url), [.. Form.Reverse()]));

    // The other signatures were computed by Python's hmac over the URL with its port.
    [Theory]
    [InlineData(Url, Signature)]
    [InlineData(Url, "I2Uj75hN34JzPRJXMwUVD6yLdls=")] // signed with :443
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "I2Uj75hN34JzPRJXMwUVD6yLdls=")]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", "AyVO9WWtgp3au5f9iY9A1sU7DVc=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", Signature)]
    [InlineData(Url + "#rc=5&rp=all", Signature)] // the fragment is not signed
    public void IsValid_WithOrWithoutPort_IsTrue(string url, string signature) => Assert.True(TwilioSignature.IsValid(Token, signature, new(url), Form));

    [Theory]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=3")]
    [InlineData("https://mycompany.com/myapp.php?bar=2&foo=1")]
    [InlineData("https://mycompany.com/myapp.php")]
    [InlineData("https://mycompany.com/MyApp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.org/myapp.php?foo=1&bar=2")]
    public void IsValid_AnotherUrl_IsFalse(string url) => Assert.False(TwilioSignature.IsValid(Token, Signature, new(url), Form));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("not Base64!")]
    [InlineData("suYgWxNvxFq0LXvuGw0oQC2v0SE")] // without its padding
    [InlineData("suYgWxNvxFq0LXvuGw0oQC2v0A==")] // 19 bytes
    [InlineData("suYgWxNvxFq0LXvuGw0oQC2v0SEA")] // 21 bytes
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("rsoydt4t1cutdk1pdd93/vvr8b8=")]
    public void IsValid_AnotherSignature_IsFalse(string? signature) => Assert.False(TwilioSignature.IsValid(Token, signature, new(Url), Form));

    [Fact]
    public void IsValid_LongSignature_IsFalse() => Assert.False(TwilioSignature.IsValid(Token, new string('A', 1_000_000), new(Url), Form));

    [Fact]
    public void IsValid_AnotherToken_IsFalse() => Assert.False(TwilioSignature.IsValid("12346", Signature, new(Url), Form));

    [Fact]
    public void IsValid_AlteredParameters_IsFalse()
    {
        Assert.All(Enumerable.Range(0, Form.Length), i =>
        {
            Assert.False(IsValid([.. Form.Where((_, index) => index != i)]));
            Assert.False(IsValid([.. Form.Select((pair, index) => index == i ? new(pair.Key, pair.Value + "0") : pair)]));
            Assert.False(IsValid([.. Form.Select((pair, index) => index == i ? new(pair.Key.ToLowerInvariant(), pair.Value) : pair)]));
        });
        Assert.False(IsValid([.. Form, new("Unknown", "1")]));
        Assert.False(IsValid([]));
    }

    [Fact]
    public void IsValid_NoParameters_SignsTheUrlAlone() => Assert.True(TwilioSignature.IsValid(Token, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=", new(Url), []));

    // Ordinal: capitals come before the underscore, it before small letters; é is signed in UTF-8.
    [Fact]
    public void IsValid_NamesOfEveryKind_AreSortedOrdinally() => Assert.Equal(
        TwilioSignature.Compute(Token, Url + "B1Z2_3a4b5é6", []),
        TwilioSignature.Compute(Token, Url, [new("é", "6"), new("a", "4"), new("_", "3"), new("B", "1"), new("b", "5"), new("Z", "2")]));

    private static bool IsValid(KeyValuePair<string, string>[] form) => TwilioSignature.IsValid(Token, Signature, new(Url), form);

    private static KeyValuePair<string, string>[] FormOf(string caller) =>
    [
        new("CallSid", "CA1234567890ABCDE"), new("Caller", caller), new("Digits", "1234"), new("From", caller), new("To", "+15550001212"),
    ];
}
