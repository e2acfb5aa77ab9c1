using System.Text.Json;
using BulkSms.Http;
using BulkSms.Segments;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class RequestMessageTests
{
    private const string Controls = "$.message: must not contain control characters other than tab, line feed, form feed and carriage return";

    [Theory]
    [InlineData("""{"recipients": ["+15550001111"]}""", "$.message: is required")]
    [InlineData("""{"Message": "Hello", "recipients": ["+15550001111"]}""", "$.Message: is not a known field", "$.message: is required")]
    [InlineData("""{"message": null, "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    [InlineData("""{"message": 42, "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    [InlineData("""{"message": true, "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    [InlineData("""{"message": ["Hello"], "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    [InlineData("""{"message": "a\ud83d", "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    [InlineData("""{"message": "\ude00a", "recipients": ["+15550001111"]}""", "$.message: must be a string of valid Unicode")]
    public void Read_NoText_IsAFault(string json, params string[] faults) => Assert.Equal(faults, FaultsOf(json));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n\f ")]
    [InlineData("\u00a0\u2003\u3000")]
    public void Read_BlankMessage_IsAFault(string text) => Assert.Equal(["$.message: must not be blank"], FaultsOf(WithMessage(text)));

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u0001b")]
    [InlineData("\u000b tab")]
    [InlineData("\u001b[31mred")]
    [InlineData("a\u007fb")]
    public void Read_ControlCharacterInMessage_IsAFault(string text) => Assert.Equal([Controls], FaultsOf(WithMessage(text)));

    [Fact]
    public void Read_1601Characters_IsAFault() => Assert.Equal(
        ["$.message: must be at most 1600 characters; it has 1601"],
        FaultsOf(WithMessage(new string('a', 1601))));

    [Fact]
    public void Read_LongMessageWithControl_IsBothFaults() => Assert.Equal(
        ["$.message: must be at most 1600 characters; it has 1601", Controls],
        FaultsOf(WithMessage(new string('a', 1600) + '\0')));

    [Fact]
    public void Read_InvalidUtf8InMessage_IsNoJson()
    {
        byte[] body = [.. """{"message": "x"""u8, 0xFF, .. "\", \"recipients\": [\"+15550001111\"]}"u8];

        Assert.ThrowsAny<JsonException>(() => Read(body, new()));
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData(" Line 1\r\n\tLine 2\f ")]
    [InlineData("Grüße 😀 مرحبا")]
    [InlineData("\u0085\u200b\ufffe x")]
    public void Read_GoodMessage_IsUnchanged(string text) => Assert.Equal(text, Good(WithMessage(text)).Message);

    [Fact]
    public void Read_1600Characters_IsGood()
    {
        var request = Good(WithMessage(string.Concat(Enumerable.Repeat("😀", 800))));

        Assert.Equal(new MessageSegments(SmsEncoding.Ucs2, 25, 1600), request.Segments);
    }
}
