using System.Text;
using System.Text.Json;
using BulkSms.Http;
using FsCheck;
using FsCheck.Xunit;
using static BulkSms.Tests.Broadcasts.RequestReading;

namespace BulkSms.Tests.Broadcasts;

public sealed class RequestFaultsTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"Hello\"")]
    public void Read_NotAnObject_IsAFaultOfTheRoot(string json) => Assert.Equal(
        ["$: must be an object, such as {\"message\": \"…\", \"recipients\": [\"+15551234567\"]}"],
        FaultsOf(json));

    [Fact]
    public void Read_SeveralFaults_AreAllToldAtOnce() => Assert.Equal(
        [
            "$.sender: is not a known field",
            "$.message: must not be blank",
            "$.recipients[0]: must be a string, or an object such as {\"to\": \"+15551234567\", \"data\": {\"name\": \"Ada\"}}",
            "$.recipients[2]: has a country code that does not exist",
        ],
        FaultsOf("""{"sender": "now", "recipients": [1, "+15550001111", "+9991234567"], "message": " "}"""));

    [Fact]
    public void Read_MoreThan100Faults_ShowsTheFirst100AndCountsAll()
    {
        var errors = ErrorsOf(WithRecipients(Enumerable.Repeat("x", 250)));

        Assert.Equal(250, errors.Count);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"$.recipients[{i}]"), errors.First.Keys);
    }

    [Theory]
    [InlineData("""a\nb""", "$.a?b")]
    [InlineData("""\u0000\u001b[31m\u007f\u0085""", "$.??[31m??")]
    [InlineData("😀", "$.??")]
    [InlineData("", "$.")]
    [InlineData("Naïve", "$.Naïve")]
    public void Read_UnknownField_IsNamedWithoutControls(string name, string path) =>
        Assert.Equal([path], ErrorsOf($$"""{"{{name}}": 1, "message": "Hello", "recipients": ["{{Ada}}"]}""").First.Keys);

    [Fact]
    public void Read_LongUnknownField_IsCutTo64() => Assert.Equal(
        ["$." + new string('x', 64)],
        ErrorsOf($$"""{"{{new string('x', 5000)}}": 1, "message": "Hello", "recipients": ["{{Ada}}"]}""").First.Keys);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Hello")]
    [InlineData("{")]
    [InlineData("""{"message": "Hello",}""")]
    [InlineData("""{"message": "Hello"} {}""")]
    [InlineData("""{"message": 'Hello'}""")]
    [InlineData("""{/* comment */ "message": "Hello"}""")]
    [InlineData("""{"message": "a""" + "\n" + """b"}""")]
    public void Read_NotJson_Throws(string body) => Throws(body);

    [Theory]
    [InlineData("""{"message": "Hello", "message": "Bye", "recipients": ["+15550001111"]}""")]
    [InlineData("""{"message": "Hello", "mess\u0061ge": "Bye", "recipients": ["+15550001111"]}""")]
    [InlineData("""{"recipients": ["+15550001111"], "recipients": []}""")]
    [InlineData("""{"other": {"a": 1, "a": 2}}""")]
    public void Read_RepeatedKey_Throws(string body) => Throws(body);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('[', ' ')]
    public void Read_10000Deep_Throws(char open, char close) =>
        Throws($$"""{"message": {{new string(open, 10_000)}}{{new string(close, 10_000)}}}""");

    [Theory]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"message": "Hello", "recipients": ["+15550001111"], "\ude00": 1}""")]
    [InlineData("""{"message": {"\ud800": 1}}""")]
    public void Read_HalfASurrogatePairInAName_IsAnsweredNotThrownThrough(string json) => IsFaultOrNotJson(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Read_InvalidUtf8InAName_IsAnsweredNotThrownThrough() => IsFaultOrNotJson([.. "{\""u8, 0xFF, .. "\": 1}"u8]);

    [Property(MaxTest = 1000)]
    public bool Read_AnyByteAltered_IsRequestOrFaultOrNotJson(NonNegativeInt at, byte value)
    {
        var body = Encoding.UTF8.GetBytes("""{"message": "Gr\u00fc\u00dfe", "recipients": ["+15550001111", "+447700900123"], "x": 1}""");
        body[at.Get % body.Length] = value;
        var errors = new FieldErrors();
        try
        {
            return Read(body, errors) is null == errors.Any;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static void Throws(string body) =>
        Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(body), new FieldErrors()));

    // Either is an answer 400; any other exception would be a 500.
    private static void IsFaultOrNotJson(byte[] body)
    {
        var errors = new FieldErrors();
        try
        {
            Assert.Null(Read(body, errors));
            Assert.True(errors.Any);
        }
        catch (JsonException)
        {
            Assert.False(errors.Any);
        }
    }
}
