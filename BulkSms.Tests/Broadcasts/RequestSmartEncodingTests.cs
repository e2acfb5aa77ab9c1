using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Profiles;
using BulkSms.Segments;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

/// <summary>The text of a request as it is counted, kept and sent.</summary>
public sealed class RequestSmartEncodingTests
{
    [Theory]
    [InlineData("true", "It's", SmsEncoding.Gsm7)]
    [InlineData("false", "It’s", SmsEncoding.Ucs2)]
    [InlineData(null, "It’s", SmsEncoding.Ucs2)]
    public void Read_SmartEncoding_ReplacesBeforeCounting(string? flag, string text, SmsEncoding encoding)
    {
        var request = Good(Body("It’s", flag));

        Assert.Equal((text, encoding), (request.Message, request.Segments.Encoding));
    }

    [Theory]
    [InlineData(null, "It's")]
    [InlineData("false", "It’s")]
    [InlineData("true", "It's")]
    public void Read_OptionIsOn_CountsWhereTheRequestDoesNotSay(string? flag, string text) => Assert.Equal(text, ReadWith(Body("It’s", flag), byDefault: true).Message);

    [Theory]
    [InlineData("1")]
    [InlineData("\"true\"")]
    [InlineData("null")]
    public void Read_NoTruthValue_IsAFault(string flag) => Assert.Equal(["$.smartEncoding: must be true or false"], FaultsOf(Body("Hello", flag)));

    [Fact]
    public void Read_DecomposedText_IsComposedWithoutBeingAsked()
    {
        var request = Good(Body("Cafe\u0301 \u2126", null));

        Assert.Equal("Café Ω", request.Message);
        Assert.Equal(new MessageSegments(SmsEncoding.Gsm7, 1, 6), request.Segments);
    }

    [Fact]
    public void Read_TextThatComesToFitByComposing_IsGood() =>
        Assert.Equal(1600, Good(Body(string.Concat(Enumerable.Repeat("e\u0301", 1600)), null)).Message.Length);

    [Fact]
    public void Read_TextThatGrowsTooLong_IsAFault()
    {
        Assert.Equal(["$.message: must be at most 1600 characters; it has 1602"], FaultsOf(Body(new string('a', 1599) + "…", "true")));
        Assert.Equal(1600, Good(Body(new string('a', 1599) + "…", "false")).Message.Length);
    }

    [Fact]
    public void Read_TextOfWhichNothingIsLeft_IsAFault() => Assert.Equal(["$.message: must not be blank"], FaultsOf(Body("\u200B\u2060", "true")));

    [Fact]
    public void Read_BracesOfFullWidth_AreNoPlaceholderEither()
    {
        Assert.Equal("Hi ｛name｝", Good(Body("Hi ｛name｝", "false")).Message);
        Assert.Contains("has {name}, which is no placeholder here", Assert.Single(FaultsOf(Body("Hi ｛name｝", "true"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Template_IsEncodedWithItsValues()
    {
        var request = Good($$$"""
            {"message": "It’s {{name}}\u0301 – {{name}}", "smartEncoding": true, "recipients": [
                {"to": "{{{Ada}}}", "data": {"name": "“Rene”"}}, {"to": "{{{Bob}}}", "data": {"name": "Rene"}}]}
            """);

        Assert.Equal(["It's \"Rene\"\u0301 - \"Rene\"", "It's René - Rene"], request.Recipients.Without(_ => false).Select(each => each.Text));
        Assert.Equal([1, 1], request.Recipients.Without(_ => false).Select(each => each.Segments));
        Assert.Equal("It’s {{name}}\u0301 – {{name}}", request.Message); // a template is shown as it was written
    }

    [Fact]
    public void Read_FormField_IsTheSame()
    {
        var fields = new TextFields();
        Assert.True(fields.TryAdd("message", "It’s {{name}}") && fields.TryAdd("smartEncoding", "true"));
        var errors = new FieldErrors();

        var terms = new TermsReader(new BroadcastOptions(), new FakeTimeProvider(Now)).Read(fields, [], ProfileChoice.OnlyDefault, errors);
        var list = terms.NewList();
        list.Add(0, Ada, ["„Ada“"]);

        Assert.False(errors.Any);
        Assert.Equal("It's \"Ada\"", Assert.Single(list.Without(_ => false)).Text);
    }

    [Fact]
    public void DigestOf_SmartEncoding_IsPartOfIt()
    {
        string[] digests = [.. new[] { null, "true", "false" }.Select(flag => RequestDigest.Of(Good(Body("Hello", flag))))];

        Assert.Equal(3, digests.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(RequestDigest.Of(Good(Body("It’s", "true"))), RequestDigest.Of(Good(Body("It's", "true")))); // as it was asked
    }

    [Fact]
    public void DigestOf_RepeatAfterTheOptionChanged_IsTheSame() =>
        Assert.Equal(RequestDigest.Of(ReadWith(Body("It’s", null), byDefault: true)), RequestDigest.Of(ReadWith(Body("It’s", null), byDefault: false)));

    private static string Body(string text, string? flag) =>
        $$"""{"message": {{JsonSerializer.Serialize(text)}}, "recipients": ["{{Ada}}"]{{(flag is null ? "" : $", \"smartEncoding\": {flag}")}}}""";

    private static BroadcastRequest ReadWith(string json, bool byDefault)
    {
        var errors = new FieldErrors();
        using var document = JsonBody.Parse(Encoding.UTF8.GetBytes(json));
        var request = new JsonRequestReader(Options.Create(new BroadcastOptions { SmartEncoding = byDefault }), new FakeTimeProvider(Now)).Read(document.RootElement, errors);
        Assert.False(errors.Any);
        return request!;
    }
}
