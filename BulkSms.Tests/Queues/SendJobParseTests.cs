using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BulkSms.Queues;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Xunit;

namespace BulkSms.Tests.Queues;

public sealed class SendJobParseTests
{
    private const string Good =
        """{"v":1,"broadcastId":"0123456789abcdef0123456789ab","shard":3,"recipientKey":"0123456789abcdef0123456789abcdef","etag":"W/\"1\"","to":"+15551234567","text":"Hello","segments":1}""";

    [Theory]
    [InlineData("unknown", "[1, {\"a\": null}]")]
    [InlineData("Text", "\"another case is another field\"")]
    [InlineData("failure", "null")]
    [InlineData("dueAt", "null")]
    [InlineData("traceParent", "null")]
    [InlineData("attempt", "0")]
    public void Parse_FieldItDoesNotKnowOrNeed_IsIgnored(string field, string value) => Assert.Equal(SendJob.Parse(new(Good)), Parse(With(field, value)));

    [Fact]
    public void Parse_FailureWithUnknownField_IsRead()
    {
        var job = Parse(With("failure", """{"code":21211,"reason":"r","at":"2026-03-10T12:00:00Z","attempt":1,"claimId":"c","more":1}"""));

        Assert.Equal(new SendFailure(21211, "r", new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero), 1, "c"), job.Failure);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("2147483647")]
    [InlineData("-1")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("null")]
    public void Parse_NewerOrUnreadableVersion_IsRefused(string version) => Refused(With("v", version));

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Parse_OlderVersion_IsRead(string version) => Assert.Equal(SendJob.Parse(new(Good)), Parse(With("v", version)));

    [Fact]
    public void Parse_NoVersion_IsTheFirst() => Assert.Equal(1, Parse(Without("v")).Version);

    [Theory]
    [InlineData("broadcastId")]
    [InlineData("shard")]
    [InlineData("recipientKey")]
    [InlineData("etag")]
    [InlineData("to")]
    [InlineData("text")]
    [InlineData("segments")]
    public void Parse_RequiredFieldMissingOrNull_IsRefused(string field)
    {
        Refused(Without(field));
        Refused(With(field, "null"));
    }

    [Theory]
    [InlineData("broadcastId", "\"\"")]
    [InlineData("broadcastId", "\"0123456789ABCDEF0123456789AB\"")]
    [InlineData("broadcastId", "\"0123456789abcdef0123456789a/\"")]
    [InlineData("broadcastId", "\"0123456789abcdef0123456789abc\"")]
    [InlineData("broadcastId", "42")]
    [InlineData("recipientKey", "\"\"")]
    [InlineData("recipientKey", "\"0123456789abcdef0123456789abcde'\"")]
    [InlineData("recipientKey", "\"0123456789abcdef0123456789abcde\"")]
    [InlineData("shard", "-1")]
    [InlineData("shard", "\"3\"")]
    [InlineData("segments", "0")]
    [InlineData("segments", "-1")]
    [InlineData("etag", "\"\"")]
    [InlineData("to", "\"\"")]
    [InlineData("text", "\"\"")]
    [InlineData("text", "\"\\ud800\"")]
    [InlineData("dueAt", "\"tomorrow\"")]
    public void Parse_MalformedField_IsRefused(string field, string value) => Refused(With(field, value));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("42")]
    [InlineData("Hello")]
    [InlineData(Good + Good)]
    public void Parse_NoJob_IsRefused(string body) => Refused(body);

    [Fact]
    public void Parse_TornJob_IsRefused() => Assert.All(Enumerable.Range(0, Good.Length), length => Refused(Good[..length]));

    [Property(MaxTest = 1000)]
    public bool Parse_AnyByteAltered_IsJobOrRefused(NonNegativeInt at, byte value)
    {
        var body = Encoding.UTF8.GetBytes(Good);
        body[at.Get % body.Length] = value;
        try
        {
            return SendJob.Parse(new(body)) is { Version: >= 1 and <= SendJob.CurrentVersion, Segments: > 0, Shard: >= 0, To.Length: > 0, Text.Length: > 0 };
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static SendJob Parse(string body) => SendJob.Parse(new(body));

    private static void Refused(string body) => Assert.ThrowsAny<JsonException>(() => Parse(body));

    // By hand: JsonNode would not write half a surrogate pair.
    private static string With(string field, string value) => $"{Without(field)[..^1]},\"{field}\":{value}}}";

    private static string Without(string field)
    {
        var json = JsonNode.Parse(Good)!.AsObject();
        json.Remove(field);
        return json.ToJsonString();
    }
}
