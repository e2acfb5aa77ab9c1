using System.Text;
using BulkSms.Twilio;
using FsCheck.Xunit;

namespace BulkSms.Tests.Twilio;

public sealed class TwilioAnswerTests
{
    private const string Sid = "SM0123456789abcdef0123456789ABCDEF";

    [Theory]
    [InlineData(201, $$"""{"sid": "{{Sid}}", "status": "accepted"}""", Sid, "accepted")]
    [InlineData(201, """{"sid": "MM0123456789abcdef0123456789abcdef", "status": "queued"}""", "MM0123456789abcdef0123456789abcdef", "queued")]
    [InlineData(201, $$"""{"sid": "{{Sid}}"}""", Sid, "accepted")]
    [InlineData(201, $$"""{"sid": "{{Sid}}", "status": null, "error_code": null}""", Sid, "accepted")]
    [InlineData(200, $$"""{"sid": "{{Sid}}", "status": "scheduled"}""", Sid, "scheduled")]
    public void Read_2xxWithASid_IsAccepted(int status, string body, string sid, string word) =>
        Assert.Equal(new SendOutcome.Accepted(sid, word), Answer.Read(status, body));

    // The word becomes the row's status: one from outside Twilio's own list, or one of ours, must not.
    [Theory]
    [InlineData("something_new")]
    [InlineData("Pending")]
    [InlineData("Delivered")]
    [InlineData("")]
    public void Read_2xxWithAWordThatTwilioDoesNotDocument_IsAccepted(string word) =>
        Assert.Equal(new SendOutcome.Accepted(Sid, "accepted"), Answer.Read(201, $$"""{"sid": "{{Sid}}", "status": "{{word}}"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData($$"""[{"sid": "{{Sid}}"}]""")]
    [InlineData($$"""{"sid": "{{Sid}}", "sta""")]
    [InlineData($$"""{"sid": "{{Sid}}", "status": "accepted" """)]
    [InlineData("<html>201</html>")]
    [InlineData("""{"sid": null}""")]
    [InlineData("""{"sid": 42}""")]
    [InlineData("""{"sid": ""}""")]
    [InlineData("""{"sid": "SM0123"}""")]
    [InlineData("""{"sid": "sm0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"sid": "CA0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"sid": "SM0123456789abcdef0123456789abcdeg"}""")]
    [InlineData("""{"sid": "SM0123456789abcdef0123456789abcdef\n"}""")]
    public void Read_201WithoutASid_IsUnconfirmed(string body) =>
        Assert.Equal(new SendOutcome.Unconfirmed(0, "the answer 201 names no message"), Answer.Read(201, body));

    [Theory]
    [InlineData("""{"sid": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"sid": "SM0123456789abcdef0123456789abcdef", "status": "\ude00"}""")]
    public void Read_HalfASurrogatePair_DoesNotThrow(string body) =>
        Assert.True(Answer.Read(201, body) is SendOutcome.Accepted or SendOutcome.Unconfirmed);

    [Fact]
    public void Read_InvalidUtf8InTheSid_IsUnconfirmed() =>
        Assert.IsType<SendOutcome.Unconfirmed>(Answer.Read(201, [.. "{\"sid\": \"SM"u8, 0xFF, .. "\"}"u8]));

    [Theory]
    [InlineData(400, 21211, "Rejected { Code = 21211, Reason = not a valid phone number }")]
    [InlineData(400, 77777, "Rejected { Code = 77777, Reason = unknown error }")]
    [InlineData(400, 21610, "OptedOut { Code = 21610, Reason = the recipient has opted out }")]
    [InlineData(401, 20003, "Suspend { Code = 20003, Reason = the credentials are wrong }")]
    [InlineData(500, 20500, "Unconfirmed { Code = 20500, Reason = internal error at Twilio }")]
    [InlineData(500, 77777, "Unconfirmed { Code = 77777, Reason = unknown error }")]
    [InlineData(429, 20429, "Retry { Code = 20429, Reason = too many requests, Cause = Congestion, After =  }")]
    [InlineData(429, 14107, "Retry { Code = 14107, Reason = too many messages to this number in a short time, Cause = Recipient, After =  }")]
    [InlineData(429, 77777, "Retry { Code = 77777, Reason = unknown error, Cause = Congestion, After =  }")]
    [InlineData(400, 21611, "Retry { Code = 21611, Reason = the sender's queue at Twilio is full, Cause = Congestion, After =  }")]
    [InlineData(400, 21730, "Retry { Code = 21730, Reason = Twilio is under maintenance, Cause = Outage, After =  }")]
    [InlineData(429, 63038, "Suspend { Code = 63038, Reason = the account has reached its daily limit }")]
    [InlineData(404, 21704, "Suspend { Code = 21704, Reason = the Messaging Service has no senders }")]
    [InlineData(404, 21705, "Suspend { Code = 21705, Reason = the Messaging Service is not valid }")]
    [InlineData(503, 20503, "Retry { Code = 20503, Reason = Twilio is unavailable, Cause = Outage, After =  }")]
    public void Read_ErrorWithACode_IsItsOutcome(int status, int code, string outcome) =>
        Assert.Equal(outcome, Answer.Read(status, $$"""{"code": {{code}}, "message": "…", "status": {{status}}}""").ToString());

    [Theory]
    [InlineData(400, "{}")]
    [InlineData(401, "")]
    [InlineData(404, "<html></html>")]
    [InlineData(413, """{"code": null}""")]
    [InlineData(400, """{"code": 400}""")] // an HTTP status, as proxies write it
    [InlineData(429, """{"code": 429}""")]
    [InlineData(403, """{"code": 9999}""")]
    [InlineData(429, """{"code": -20429}""")]
    [InlineData(400, """{"code": "21211"}""")]
    [InlineData(400, """{"code": 21211.5}""")]
    [InlineData(400, """{"code": 99999999999}""")]
    [InlineData(400, """{"code": 21211""")]
    [InlineData(400, """[{"code": 21211}]""")]
    [InlineData(429, "")]
    [InlineData(500, "")]
    [InlineData(502, "Bad gateway")]
    [InlineData(503, "{}")]
    [InlineData(302, "")]
    public void Read_ErrorWithoutACode_IsUnconfirmed(int status, string body) =>
        Assert.Equal(new SendOutcome.Unconfirmed(0, $"Twilio answered {status} without a code"), Answer.Read(status, body));

    [Property(MaxTest = 300)]
    public bool Read_AnyBytes_NeverSendsAgain(byte[] body) =>
        Answer.Read(201, body) is SendOutcome.Unconfirmed && Answer.Read(503, body) is SendOutcome.Unconfirmed;

    [Property(MaxTest = 300)]
    public bool Read_TornBody_IsUnconfirmed(int end)
    {
        var whole = $$"""{"sid": "{{Sid}}", "status": "accepted"}""";
        var torn = whole[..(int)((uint)end % (uint)whole.Length)];
        return Answer.Read(201, Encoding.UTF8.GetBytes(torn)) is SendOutcome.Unconfirmed;
    }
}
