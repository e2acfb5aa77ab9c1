using System.Text;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Tests.Queues;

/// <summary>The queue's contract, byte for byte: messages written by one version are read by the next.</summary>
public sealed class SendJobTests
{
    private const string Minimal =
        """{"v":1,"broadcastId":"0123456789abcdef0123456789ab","shard":3,"recipientKey":"0123456789abcdef0123456789abcdef","etag":"W/\u0022datetime\u00272026\u0027\u0022","to":"\u002B15551234567","text":"H\u00E9 \uD83D\uDE00","segments":1}""";

    private const string Full =
        """{"v":1,"broadcastId":"0123456789abcdef0123456789ab","shard":3,"recipientKey":"0123456789abcdef0123456789abcdef","etag":"W/\u0022datetime\u00272026\u0027\u0022","to":"\u002B15551234567","text":"H\u00E9 \uD83D\uDE00","segments":1,"attempt":2,"dueAt":"2026-03-10T12:00:30+00:00","expiresAt":"2026-03-10T13:00:00+00:00","quietHours":"21:00-08:00 Etc/UTC","traceParent":"00-0123456789abcdef0123456789abcdef-0123456789abcdef-01","failure":{"code":21211,"reason":"not a valid phone number","at":"2026-03-10T12:00:00+00:00","attempt":3,"claimId":"c1"}}""";

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly SendJob MinimalJob = new()
    {
        BroadcastId = "0123456789abcdef0123456789ab",
        Shard = 3,
        RecipientKey = "0123456789abcdef0123456789abcdef",
        RowETag = "W/\"datetime'2026'\"",
        To = "+15551234567",
        Text = "Hé 😀",
        Segments = 1,
    };

    private static readonly SendJob FullJob = MinimalJob with
    {
        Attempt = 2,
        DueAt = Now.AddSeconds(30),
        ExpiresAt = Now.AddHours(1),
        QuietHours = "21:00-08:00 Etc/UTC",
        TraceParent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
        Failure = new(21211, "not a valid phone number", Now, 3, "c1"),
    };

    [Fact]
    public void Write_MinimalJob_IsTheContract() => Assert.Equal(Minimal, MinimalJob.Write().ToString());

    [Fact]
    public void Write_FullJob_IsTheContract() => Assert.Equal(Full, FullJob.Write().ToString());

    [Fact]
    public void Parse_TheContract_IsTheJob()
    {
        Assert.Equal(MinimalJob, SendJob.Parse(new(Minimal)));
        Assert.Equal(FullJob, SendJob.Parse(new(Full)));
    }

    [Fact]
    public void Parse_UnescapedText_IsTheSame() =>
        Assert.Equal(MinimalJob, SendJob.Parse(new(Minimal.Replace("H\\u00E9 \\uD83D\\uDE00", "Hé 😀", StringComparison.Ordinal))));

    [Fact]
    public void Key_OfAJob_IsItsRow()
    {
        Assert.Equal(new RecipientKey("0123456789abcdef0123456789ab", 3, "0123456789abcdef0123456789abcdef"), MinimalJob.Key);
        Assert.Equal("W/\"datetime'2026'\"", MinimalJob.ETag.ToString());
    }

    [Fact]
    public void Again_NewerRow_TakesItsStateAndDropsTheFailure()
    {
        var row = new Recipient
        {
            Key = MinimalJob.Key, To = "+15551234567", Status = RecipientStatus.Pending, Attempt = 5, DueAt = Now, ExpiresAt = Now.AddDays(1), ETag = new("W/\"newer\""),
        };

        Assert.Equal(
            FullJob with { RowETag = "W/\"newer\"", Attempt = 5, DueAt = Now, ExpiresAt = Now.AddDays(1), Failure = null },
            FullJob.Again(row));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("ж")]
    [InlineData("😀")]
    [InlineData("\n")]
    public void Write_LongestText_FitsAQueueMessage(string character)
    {
        var longest = FullJob with
        {
            Text = string.Concat(Enumerable.Repeat(character, 1600 / character.Length)),
            RowETag = new string('"', 200),
            Failure = FullJob.Failure! with { Reason = new string('ж', 300), ClaimId = Guid.Empty.ToString() },
        };

        var body = longest.Write();

        Assert.InRange(body.ToMemory().Length, 1600, 48 * 1024);
        Assert.InRange(Convert.ToBase64String(body).Length, 1600, 64 * 1024);
        Assert.Equal(longest, SendJob.Parse(body));
        Assert.Equal(1600, Encoding.Unicode.GetByteCount(longest.Text) / 2);
    }
}
