using BulkSms.StatusCallbacks;
using Microsoft.AspNetCore.WebUtilities;

namespace BulkSms.Tests.StatusCallbacks;

public sealed class StatusCallbackTests
{
    private const string Sid = "SM0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData($"MessageSid={Sid}&MessageStatus=delivered", "delivered", null)]
    [InlineData($"MessageSid={Sid}&MessageStatus=failed&ErrorCode=30007&To=%2B15550001111&New=1", "failed", 30007)]
    [InlineData($"MessageSid={Sid}&MessageStatus=sent&ErrorCode=", "sent", null)]
    [InlineData($"MessageSid={Sid}&MessageStatus=sent&ErrorCode=-1", "sent", null)]
    [InlineData($"MessageSid={Sid}&MessageStatus=sent&ErrorCode=99999999999", "sent", null)]
    [InlineData($"MessageSid={Sid}&MessageStatus=sent&MessageStatus=failed", "sent", null)]
    [InlineData($"MessageSid={Sid}&MessageStatus=something_new", "something_new", null)]
    public void From_Form_IsItsCallback(string form, string status, int? code) => Assert.Equal(new StatusCallback(Sid, status, code), Read(form));

    [Theory]
    [InlineData("")]
    [InlineData($"MessageSid={Sid}")]
    [InlineData("MessageStatus=sent")]
    [InlineData("MessageSid=&MessageStatus=sent")]
    [InlineData("MessageSid=SM0123&MessageStatus=sent")]
    [InlineData("MessageSid=SM0123456789abcdef0123456789abcde%27&MessageStatus=sent")]
    [InlineData("MessageSid=AC0123456789abcdef0123456789abcdef&MessageStatus=sent")]
    [InlineData($"messagesid={Sid}&messagestatus=sent")]
    public void From_FormWithoutSidOrStatus_IsNone(string form) => Assert.Null(Read(form));

    private static StatusCallback? Read(string form)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(form))
        {
            pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return StatusCallback.From(pairs);
    }
}
