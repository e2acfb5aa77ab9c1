using System.Text.Json;
using BulkSms.Broadcasts.Requests;
using BulkSms.Recipients;
using BulkSms.Segments;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>A message with placeholders, and recipients with data.</summary>
public sealed class RequestPersonalTests
{
    [Fact]
    public void Read_RecipientsWithData_HaveTextsOfTheirOwn()
    {
        var request = Good($$$"""
            {"message": "Hi {{name}}, you owe {{amount}}", "recipients": [
                {"to": "{{{Ada}}}", "data": {"name": "Ada", "amount": 1.50, "unused": null}}, {"to": "{{{Bob}}}", "data": {"name": "Bob €", "amount": "-"}}]}
            """);

        Assert.Equal([new Addressee(Ada, "Hi Ada, you owe 1.50", 1), new(Bob, "Hi Bob €, you owe -", 1)], request.Recipients.Without(_ => false).Select(UploadReading.Plain));
        Assert.Equal(new MessageSegments(SmsEncoding.Gsm7, 1, 20), request.Segments);
    }

    [Fact]
    public void Read_SomeSegmentsAndEncodingsDiffer_CountsEachText()
    {
        var request = Good($$$"""
            {"message": "{{x}}", "recipients": [{"to": "{{{Ada}}}", "data": {"x": "{{{new string('a', 161)}}}"}}, {"to": "{{{Bob}}}", "data": {"x": "😀"}}]}
            """);

        Assert.Equal((SmsEncoding.Ucs2, 2), (request.Segments.Encoding, request.Segments.Count));
        Assert.Equal(3, request.Recipients.Without(_ => false).TotalSegments);
        Assert.Equal(1, request.Recipients.Without(number => number == Ada).TotalSegments);
        Assert.Equal([new Addressee(Bob, "😀", 1)], request.Recipients.Without(number => number == Ada).Select(UploadReading.Plain));
    }

    [Fact]
    public void Read_NoPlaceholder_LeavesTheTextAsItIs()
    {
        var request = Good($$$"""{"message": "Hi }} name}", "recipients": [{"to": "{{{Ada}}}", "data": {"name": [1]}}, "{{{Bob}}}", {"to": "{{{Bob}}}"}]}""");

        Assert.Null(request.Terms.Template);
        Assert.Equal([new Addressee(Ada), new Addressee(Bob)], request.Recipients.Without(_ => false).Select(UploadReading.Plain));
        Assert.Equal(1, request.Recipients.Duplicates);
    }

    [Fact]
    public void Read_DuplicateWithOtherData_CountsAsDuplicateOfTheFirst()
    {
        var request = Good($$$"""{"message": "{{x}}", "recipients": [{"to": "{{{Ada}}}", "data": {"x": "1"}}, {"to": "{{{Ada}}}", "data": {"x": "2"}}, "{{{Ada}}}"]}""");

        Assert.Equal([new Addressee(Ada, "1", 1)], request.Recipients.Without(_ => false).Select(UploadReading.Plain));
        Assert.Equal(2, request.Recipients.Duplicates);
    }

    [Theory]
    [InlineData("\"+15550001111\"", "$.recipients[0]: has no value for {{a}}, {{b}}")]
    [InlineData("""{"to": "+15550001111"}""", "$.recipients[0]: has no value for {{a}}, {{b}}")]
    [InlineData("""{"to": "+15550001111", "data": {"a": "1", "c": "2"}}""", "$.recipients[0]: has no value for {{b}}")]
    [InlineData("""{"to": "+15550001111", "data": {"a": "", "b": "\u00a0 "}}""", "$.recipients[0]: has no value for {{a}}, {{b}}")]
    [InlineData("""{"to": "+15550001111", "data": {"a": "x", "b": "\ufffd"}}""", "$.recipients[0]: the text for this recipient must not contain U+FFFD, which stands for characters that were lost before: take the text from where it is whole")]
    [InlineData("""{"to": "+15550001111", "data": {"a": null, "b": ""}}""", "$.recipients[0].data.a: must be a string or a number")]
    [InlineData("""{"to": "+15550001111", "data": {"a": {"x": 1}, "b": ""}}""", "$.recipients[0].data.a: must be a string or a number")]
    [InlineData("""{"to": "+15550001111", "data": {"a": true, "b": ""}}""", "$.recipients[0].data.a: must be a string or a number")]
    [InlineData("""{"to": "+15550001111", "data": {"a": "\ud83d", "b": ""}}""", "$.recipients[0].data.a: must be a string or a number")]
    [InlineData("""{"to": "+15550001111", "data": ["a", "b"]}""", "$.recipients[0].data: must be an object")]
    [InlineData("""{"to": "+15550001111", "name": "Ada"}""", "$.recipients[0].name: is not a known field: the values of a text stand in data")]
    [InlineData("""{"data": {"a": "1", "b": "2"}}""", "$.recipients[0].to: is required")]
    [InlineData("""{"to": 15550001111, "data": {"a": "1", "b": "2"}}""", "$.recipients[0].to: must be a string")]
    [InlineData("""{"to": "555", "data": {"a": "1", "b": "2"}}""", "$.recipients[0].to: \"555\" has no + and country code: write it as +15551234567, or name its country in defaultRegion")]
    public void Read_FaultyRecipient_IsAFaultByItsPath(string entry, string fault) =>
        Assert.Equal([fault], FaultsOf($$$"""{"message": "{{a}}{{b}}", "recipients": [{{{entry}}}]}"""));

    [Fact]
    public void Read_RenderedTextTooLong_IsAFaultOfTheRecipient() => Assert.Equal(
        ["$.recipients[1]: the text for this recipient must be at most 1600 characters; it has 1601"],
        FaultsOf($$$"""{"message": "{{x}}", "recipients": [{"to": "{{{Ada}}}", "data": {"x": "{{{new string('a', 1600)}}}"}}, {"to": "{{{Bob}}}", "data": {"x": "{{{new string('a', 1601)}}}"}}]}"""));

    [Theory]
    [InlineData("Hi {{name", "has {{ at character 4 that begins no placeholder: write {{name}}, or {{name|there}} with what stands for a missing value")]
    [InlineData("{{#if a}}", "has {{ at character 1 that begins no placeholder: write {{name}}, or {{name|there}} with what stands for a missing value")]
    public void Read_BadTemplate_IsAFaultWithItsPosition(string message, string fault) => Assert.Equal([$"$.message: {fault}"], FaultsOf(WithMessage(message)));

    [Fact]
    public void Read_LongTemplate_IsMeasuredWithoutItsPlaceholders()
    {
        var data = "\"data\": {\"a-long-name-for-a-short-text\": \"x\"}";
        var long1600 = new string('a', 1599) + "{{a-long-name-for-a-short-text}}";

        Assert.Equal(1600, Good($$$"""{"message": "{{{long1600}}}", "recipients": [{"to": "{{{Ada}}}", {{{data}}}}]}""").Segments.Units);
        Assert.Equal(
            ["$.message: must be at most 1600 characters; without its placeholders it has 1601", "$.recipients[0]: has no value for {{a-long-name-for-a-short-text}}"],
            FaultsOf(WithMessage("aa" + long1600)));
        Assert.Equal(
            ["$.message: must be at most 10000 characters; it has 10005", "$.message: must have at most 50 placeholders"],
            FaultsOf(WithMessage(string.Concat(Enumerable.Repeat("{{a}}", 2001)))));
    }

    [Fact]
    public void DigestOf_OtherData_IsAnother()
    {
        string[] data = ["""{"a": "x", "b": "y"}""", """{"a": "xy", "b": "z"}""", """{"a": "x", "b": "z"}""", """{"b": "y", "a": "x"}""", """{"b": "y", "a": "x", "c": 1}"""];
        var digests = data.Select(each => RequestDigest.Of(Good($$$"""{"message": "{{a}}{{b}}!", "recipients": [{"to": "{{{Ada}}}", "data": {{{each}}}}]}"""))).ToArray();

        Assert.Equal(4, digests.Distinct(StringComparer.Ordinal).Count()); // what the message does not use is kept, too
        Assert.Equal(digests[0], digests[3]); // in whatever order
    }

    [Fact]
    public void Read_ManyRecipients_KeepTheirOrderAndTexts()
    {
        var people = Enumerable.Range(0, 1000).Select(i => new { to = $"+1555{i:0000000}", data = new { name = $"N{i}" } });

        var request = Good($$$"""{"message": "Hi {{name}}", "recipients": {{{JsonSerializer.Serialize(people)}}}}""");

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"Hi N{i}"), request.Recipients.Without(_ => false).Select(recipient => recipient.Text));
    }
}
