using System.Text.Json;
using BulkSms.Common;
using BulkSms.Queues;

namespace BulkSms.Tests.Queues;

public sealed class FanOutJobTests
{
    private const string Id = "0123456789abcdef0123456789ab";
    private const string Good = $$"""{"v":1,"broadcastId":"{{Id}}"}""";

    [Fact]
    public void Write_Job_IsTheContract() => Assert.Equal(Good, new FanOutJob { BroadcastId = Id }.Write().ToString());

    [Theory]
    [InlineData(Good)]
    [InlineData($$"""{"broadcastId":"{{Id}}"}""")]
    [InlineData($$"""{"v":1,"more":{"a":[1]},"broadcastId":"{{Id}}"}""")]
    public void Parse_Job_IsRead(string body) => Assert.Equal(new FanOutJob { BroadcastId = Id }, FanOutJob.Parse(new(body)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":1,"broadcastId":null}""")]
    [InlineData("""{"v":1,"broadcastId":""}""")]
    [InlineData("""{"v":1,"broadcastId":42}""")]
    [InlineData("""{"v":1,"broadcastId":"0123456789ABCDEF0123456789AB"}""")]
    [InlineData("""{"v":1,"broadcastId":"../../../../../../../../../x"}""")]
    [InlineData($$"""{"v":-1,"broadcastId":"{{Id}}"}""")]
    [InlineData($$"""{"v":2,"broadcastId":"{{Id}}"}""")]
    [InlineData($$"""{"v":1,"broadcastId":"{{Id}}" """)]
    public void Parse_AnythingElse_IsRefused(string body) => Assert.ThrowsAny<JsonException>(() => FanOutJob.Parse(new(body)));
}
