using System.Text.Json;
using BulkSms.Messages;

namespace BulkSms.Tests.Broadcasts;

/// <summary>What a request may say of media, content templates and short links.</summary>
public sealed class RequestExtrasTests
{
    private const string Ada = RequestReading.Ada;
    private static readonly string Content = $"HX{new string('1', 32)}";

    [Fact]
    public void MediaUrls_WithAndWithoutAText_AreTakenAsTwilioIsGivenThem()
    {
        var request = RequestReading.Good($$"""{"message": "See", "mediaUrls": ["https://example.com/map.png", "HTTPS://Example.com/a b.png"], "recipients": ["{{Ada}}"]}""");
        var alone = RequestReading.Good($$"""{"mediaUrls": ["https://example.com/map.png"], "recipients": ["{{Ada}}"]}""");

        Assert.Equal(["https://example.com/map.png", "https://example.com/a%20b.png"], request.Terms.Extras.MediaUrls);
        Assert.Equal(("See", 1), (request.Message, request.Segments.Count));
        Assert.Equal(("", 1), (alone.Message, alone.Segments.Count));
    }

    [Theory]
    [InlineData("[]", "$.mediaUrls: must have 1 to 10 addresses; it has 0")]
    [InlineData("\"https://example.com/a\"", "$.mediaUrls: must be an array of addresses, such as [\"https://example.com/map.png\"]")]
    [InlineData("[\"http://example.com/a\"]", "$.mediaUrls[0]: must be an https address without a user and a password, such as https://example.com/map.png")]
    [InlineData("[\"https://example.com/a\", \"https://me:secret@example.com/a\"]", "$.mediaUrls[1]: must be an https address without a user and a password, such as https://example.com/map.png")]
    [InlineData("[\"https://example.com/{{name}}\"]", "$.mediaUrls[0]: must not have placeholders: each recipient gets the same media")]
    [InlineData("[1]", "$.mediaUrls: must be an array of addresses, such as [\"https://example.com/map.png\"]")]
    public void MediaUrls_Others_AreRefusedAtTheirPlace(string media, string fault) =>
        Assert.Equal([fault], RequestReading.FaultsOf($$"""{"message": "See", "mediaUrls": {{media}}, "recipients": ["{{Ada}}"]}"""));

    [Fact]
    public void MediaUrls_ElevenOrTooLong_AreRefused()
    {
        var eleven = JsonSerializer.Serialize(Enumerable.Repeat("https://example.com/a", MessageExtras.MostMedia + 1));
        var tooLong = JsonSerializer.Serialize(new[] { $"https://example.com/{new string('a', 2048)}" });

        Assert.Equal(["$.mediaUrls: must have 1 to 10 addresses; it has 11"], RequestReading.FaultsOf($$"""{"mediaUrls": {{eleven}}, "recipients": ["{{Ada}}"]}"""));
        Assert.Equal(["$.mediaUrls[0]: must be at most 2048 characters; it has 2068"], RequestReading.FaultsOf($$"""{"mediaUrls": {{tooLong}}, "recipients": ["{{Ada}}"]}"""));
    }

    [Fact]
    public void MediaUrls_OfALongPersonalText_CountAsOneSegment()
    {
        var request = RequestReading.Good($$$"""{"message": "{{name}} {{{new string('a', 500)}}}", "mediaUrls": ["https://example.com/a"], "recipients": [{"to": "{{{Ada}}}", "data": {"name": "Ada"}}]}""");

        Assert.Equal((1, 1), (request.Segments.Count, request.Recipients.Texts!.SegmentsAt(0)));
        Assert.StartsWith("Ada a", request.Recipients.Texts.At(0), StringComparison.Ordinal);
    }

    [Fact]
    public void ContentVariables_WithPlaceholders_AreJsonForEachRecipient()
    {
        var request = RequestReading.Good($$$"""
            {"contentSid": "{{{Content}}}", "contentVariables": {"2": "fixed", "1": "Dear {{name|\"friend\"}}"},
             "recipients": [{"to": "{{{Ada}}}", "data": {"name": "Ada \"the first\" \\ é\n’"}}, {"to": "{{{RequestReading.Bob}}}", "data": {}}]}
            """);

        Assert.Equal(new Dictionary<string, string> { ["1"] = "Dear Ada \"the first\" \\ é\n’", ["2"] = "fixed" }, ContentVariables.Read(request.Recipients.Texts!.At(0)));
        Assert.Equal("""{"1":"Dear \"friend\"","2":"fixed"}""", request.Recipients.Texts.At(1));
        Assert.Equal("""{"1":"Dear {{name|\"friend\"}}","2":"fixed"}""", request.Message);
        Assert.Equal((1, Content, "contentSid"), (request.Segments.Count, request.Terms.Extras.ContentSid, request.Terms.Extras.UnpricedBy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ContentVariables_WithANameThatJsonEscapes_AreFilledIn(bool isLiteral)
    {
        var request = RequestReading.Good($$$"""
            {"contentSid": "{{{Content}}}", "contentVariables": {"1": "{{\u00a0First\u00a0Name\u00a0|a\u00a0friend}}\u00a0{{code}}"}, "literal": {{{(isLiteral ? "true" : "false")}}},
             "recipients": [{"to": "{{{Ada}}}", "data": {"First\u00a0Name": "Ada", "code": "{{First Name}}"}}, {"to": "{{{RequestReading.Bob}}}", "data": {"code": "2"}}]}
            """);

        Assert.Equal("Ada\u00a0{{First Name}}", ContentVariables.Read(request.Recipients.Texts!.At(0))!["1"]);
        Assert.Equal("a\u00a0friend\u00a02", ContentVariables.Read(request.Recipients.Texts.At(1))!["1"]);
    }

    [Fact]
    public void ContentVariables_WithAnyNameThatATextMayHave_AreATemplate()
    {
        var names = Enumerable.Range(0, char.MaxValue + 1).Select(each => $"{{{{a{(char)each}b}}}}").Where(name => MessageTemplate.Parse(name, out _) is { Names.Count: 1 }).ToArray();

        Assert.InRange(names.Length, 40_000, char.MaxValue);
        Assert.All(names, name => Assert.True(MessageTemplate.Parse(ContentVariables.Write([new("1", MessageTemplate.WithUsualBlanks(name))]), out _) is { Names.Count: 1 }, name));
    }

    [Fact]
    public void ContentSid_WithoutVariables_HasNoText() => Assert.Equal("", RequestReading.Good($$"""{"contentSid": "{{Content}}", "recipients": ["{{Ada}}"]}""").Message);

    [Theory]
    [InlineData("\"contentSid\": \"HX1\"", "$.contentSid: must be the id of a content template: HX and 32 hexadecimal digits")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"message\": \"Hi\"", "$.message: must not be given with contentSid: the text is that of the content template")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"mediaUrls\": [\"https://example.com/a\"]", "$.mediaUrls: must not be given with contentSid: the content template has its own media")]
    [InlineData("\"message\": \"Hi\", \"contentVariables\": {\"1\": \"a\"}", "$.contentVariables: needs contentSid, the content template that they are for")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"contentVariables\": {\"1\": 2}", "$.contentVariables.1: must be a string of valid Unicode")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"contentVariables\": {\"1\": \" \"}", "$.contentVariables.1: must not be blank")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"contentVariables\": [\"a\"]", "$.contentVariables: must be an object of texts, such as {\"1\": \"{{name}}\"}")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"contentVariables\": {}", "$.contentVariables: must have 1 to 100 variables, each once; it has 0")]
    [InlineData("\"contentSid\": \"HX11111111111111111111111111111111\", \"contentVariables\": {\"1\": \"{name}\"}", "$.contentVariables.1: has {name}, which is no placeholder here: write {{name}}, or set literal to true to send it as it is")]
    [InlineData("\"message\": \"Hi\", \"shortenUrls\": \"true\"", "$.shortenUrls: must be true or false")]
    public void Extras_ThatDoNotFit_AreRefusedAtTheirPlace(string fields, string fault) =>
        Assert.Equal([fault], RequestReading.FaultsOf($$"""{{{fields}}, "recipients": ["{{Ada}}"]}"""));
}
