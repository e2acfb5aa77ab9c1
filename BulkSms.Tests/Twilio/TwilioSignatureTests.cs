using BulkSms.Twilio;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Twilio.Security;

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
        Assert.True(TwilioSignature.IsValid(Token, Signature, Url, Form));
        Assert.True(TwilioSignature.IsValid(Token, OtherSignature, Url, FormOf(OtherCaller)));
    }

    [Fact]
    public void Compute_ExampleOfTwiliosForm_IsItsSignature() => Assert.Equal(Signature, Convert.ToBase64String(TwilioSignature.Compute(Token, Url, Form)));

    [Fact]
    public void IsValid_ParametersInAnotherOrder_IsTrue() => Assert.True(TwilioSignature.IsValid(Token, Signature, Url, [.. Form.Reverse()]));

    // The other signatures were computed by Python's hmac over the URL with its port.
    [Theory]
    [InlineData(Url, Signature)]
    [InlineData(Url, "I2Uj75hN34JzPRJXMwUVD6yLdls=")] // signed with :443
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "I2Uj75hN34JzPRJXMwUVD6yLdls=")]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", Signature)]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", "AyVO9WWtgp3au5f9iY9A1sU7DVc=")]
    public void IsValid_WithOrWithoutPort_IsTrue(string url, string signature) => Assert.True(TwilioSignature.IsValid(Token, signature, url, Form));

    [Theory]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=3")]
    [InlineData("https://mycompany.com/myapp.php?bar=2&foo=1")]
    [InlineData("https://mycompany.com/myapp.php")]
    [InlineData("https://mycompany.com/MyApp.php?foo=1&bar=2")]
    [InlineData("https://mycompany.org/myapp.php?foo=1&bar=2")]
    public void IsValid_AnotherUrl_IsFalse(string url) => Assert.False(TwilioSignature.IsValid(Token, Signature, url, Form));

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
    public void IsValid_AnotherSignature_IsFalse(string? signature) => Assert.False(TwilioSignature.IsValid(Token, signature, Url, Form));

    [Fact]
    public void IsValid_LongSignature_IsFalse() => Assert.False(TwilioSignature.IsValid(Token, new string('A', 1_000_000), Url, Form));

    [Fact]
    public void IsValid_AnotherToken_IsFalse() => Assert.False(TwilioSignature.IsValid("12346", Signature, Url, Form));

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
    public void IsValid_NoParameters_SignsTheUrlAlone() => Assert.True(TwilioSignature.IsValid(Token, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=", Url, []));

    // Ordinal: capitals come before the underscore, it before small letters; é is signed in UTF-8.
    [Fact]
    public void IsValid_NamesOfEveryKind_AreSortedOrdinally() => Assert.Equal(
        TwilioSignature.Compute(Token, Url + "B1Z2_3a4b5é6", []),
        TwilioSignature.Compute(Token, Url, [new("é", "6"), new("a", "4"), new("_", "3"), new("B", "1"), new("b", "5"), new("Z", "2")]));

    // Twilio signs the address as it was given to it.
    [Theory]
    [InlineData("https://mycompany.com/api/webhooks/optout?a=%7E")]
    [InlineData("https://mycompany.com/api/webhooks/optout?a=%41&a=%41")]
    [InlineData("https://mycompany.com/api/webhooks/optout?a=%e9&b=+")]
    [InlineData("https://mycompany.com/api/webhooks/optout/")]
    [InlineData("https://mycompany.com/api/webhooks/optout/?")]
    [InlineData("https://mycompany.com:8443/api/webhooks/optout/?a=%7E")]
    [InlineData("https://MyCompany.com/api//webhooks/%6Fptout")]
    public void IsValid_AnySpelling_IsSignedAsItIs(string url)
    {
        var signature = Sign(url);
        var other = url.Contains(":8443", StringComparison.Ordinal) ? url.Replace(":8443", "", StringComparison.Ordinal) : url.Replace(".com", ".com:443", StringComparison.Ordinal);

        Assert.True(TwilioSignature.IsValid(Token, signature, url, Form));
        Assert.True(TwilioSignature.IsValid(Token, Sign(other), url, Form));
        Assert.False(TwilioSignature.IsValid(Token, signature, url.Replace("webhooks", "webhook", StringComparison.Ordinal), Form));
    }

    [Theory]
    [InlineData("a1a2b3")] // as Twilio's libraries for Python, Node.js and others read a repeated parameter
    [InlineData("a2,1,2b3")] // as the one for .NET does
    public void IsValid_RepeatedParameter_IsReadAsTwiliosLibrariesDo(string joined) => Assert.True(TwilioSignature.IsValid(
        Token, Convert.ToBase64String(TwilioSignature.Compute(Token, Url + joined, [])), Url, [new("a", "2"), new("b", "3"), new("a", "1"), new("a", "2")]));

    [Theory]
    [InlineData("not an address")]
    [InlineData("/api/webhooks/optout")]
    [InlineData("")]
    public void IsValid_NoAddress_IsFalse(string url) => Assert.False(TwilioSignature.IsValid(Token, Sign(url), url, Form));

    // Whatever is given as address and parameters: what Twilio's own library takes, we take, and nothing that was altered.
    [Property(MaxTest = 500)]
    public Property IsValid_AnyRequest_AgreesWithTwiliosLibrary()
    {
        var urls = from authority in Gen.Elements("https://sms.example", "https://Sms.Example", "https://sms.example:443", "https://sms.example:8443", "http://127.0.0.1:7071")
                   from parts in Gen.Elements("/", "a", "%7E", "~", "%41", "%2b", "+", ".", "?", "&", "=", "b=1", "%e9").ArrayOf()
                   select $"{authority}/{string.Concat(parts)}";
        var forms = Gen.Elements("From", "To", "Body", "a", "_", "é").Two().Select(names => new KeyValuePair<string, string>(names.Item1, names.Item2)).ArrayOf();
        return Prop.ForAll(Arb.From(urls), Arb.From(urls), Arb.From(forms), (url, signedUrl, form) =>
        {
            var collection = new System.Collections.Specialized.NameValueCollection();
            Array.ForEach(form, parameter => collection.Add(parameter.Key, parameter.Value));
            var joined = collection.AllKeys.Select(name => KeyValuePair.Create(name!, collection[name]!)).ToArray();
            var library = new RequestValidator(Token);
            return new[] { url, signedUrl }.All(each =>
            {
                var signature = Convert.ToBase64String(TwilioSignature.Compute(Token, each, joined));
                var ours = TwilioSignature.IsValid(Token, signature, url, form);
                return (each != url || ours) && (!library.Validate(url, collection, signature) || ours) && !TwilioSignature.IsValid(Token + "x", signature, url, form);
            });
        });
    }

    private static string Sign(string url) => Convert.ToBase64String(TwilioSignature.Compute(Token, url, Form));

    private static bool IsValid(KeyValuePair<string, string>[] form) => TwilioSignature.IsValid(Token, Signature, Url, form);

    private static KeyValuePair<string, string>[] FormOf(string caller) =>
    [
        new("CallSid", "CA1234567890ABCDE"), new("Caller", caller), new("Digits", "1234"), new("From", caller), new("To", "+15550001212"),
    ];
}
