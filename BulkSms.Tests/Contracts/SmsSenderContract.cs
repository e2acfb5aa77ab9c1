using System.Net;
using System.Net.Sockets;
using BulkSms.OptOuts;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Tests.Contracts;

/// <summary>What every sender does on the wire and what becomes of it, over a real socket. Inherited once an implementation.</summary>
public abstract class SmsSenderContract : IAsyncLifetime
{
    private const string Ada = "+15550001111";
    private const string Bob = "+15550002222";
    private SenderRig rig = null!;

    /// <summary>Faults after which Twilio may have the message, and whether it has. Each on a new connection and on one used before.</summary>
    public static TheoryData<string, bool, int> Ambiguous
    {
        get
        {
            var data = new TheoryData<string, bool, int>();
            foreach (var reused in new[] { false, true })
            {
                data.Add(nameof(Fault.Error500), reused, 0);
                data.Add(nameof(Fault.Error503WithoutCode), reused, 0);
                data.Add(nameof(Fault.DropBeforeProcessing), reused, 0);
                data.Add(nameof(Fault.ProcessThenDrop), reused, 1);
                data.Add(nameof(Fault.ProcessThen500), reused, 1);
                data.Add(nameof(Fault.ProcessThen503WithoutCode), reused, 1);
                data.Add(nameof(Fault.TruncatedReply), reused, 1);
            }

            return data;
        }
    }

    public async ValueTask InitializeAsync() => rig = await SenderRig.StartAsync(Create);

    public async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Post_Accepted_NamesTwilioSid()
    {
        var outcome = await rig.SendAsync(Ada);

        Assert.Equal(new SendOutcome.Accepted(Assert.Single(rig.Twilio.Messages.For(Ada)).Sid, "accepted"), outcome);
        Assert.True(Assert.Single(rig.Twilio.Messages.Calls).Authorized);
    }

    [Fact]
    public async Task Post_MoreThanAText_IsThisForm()
    {
        var (media, content) = ((string[])["https://example.com/a%20b.png?c=1%262", "https://example.com/d"], $"HX{new string('1', 32)}");
        await rig.SendAsync(Ada, "See", extras: new() { MediaUrls = media, ShortenUrls = true });
        await rig.SendAsync(Bob, "", extras: new() { MediaUrls = media });
        await rig.SendAsync(Bob, """{"1":"Ada \"&\""}""", extras: new() { ContentSid = content });

        var (sent, other) = (Assert.Single(rig.Twilio.Messages.For(Ada)), rig.Twilio.Messages.For(Bob));
        Assert.Equal(media, sent.MediaUrls);
        Assert.Equal(("See", true), (sent.Body, sent.ShortenUrls));
        Assert.DoesNotContain("Body=", other[0].RawForm + other[1].RawForm, StringComparison.Ordinal);
        Assert.Equal((content, """{"1":"Ada \"&\""}""", null), (other[1].ContentSid, other[1].ContentVariables, other[1].SmartEncoded));
    }

    [Fact]
    public async Task Post_AwkwardText_IsThisForm()
    {
        await rig.SendAsync(Ada, "1 + 1 = 2 & \"100%\"?\n~Çok* 😀");

        Assert.Equal(
            "To=%2B15550001111&SmartEncoded=false&MessagingServiceSid=MG0000000000000000000000000000fa4e"
            + "&Body=1+%2B+1+%3D+2+%26+%22100%25%22%3F%0A~%C3%87ok%2A+%F0%9F%98%80",
            Assert.Single(rig.Twilio.Messages.Calls).RawForm);
    }

    [Theory]
    [InlineData("https://sms.example.com/api/webhooks/status?b=1f&s=0&c=2e#rc=5&rp=all")]
    [InlineData("https://SMS.Example.com:443/api/webhooks/status?b=1f&s=0&c=2e#rc=5&rp=all")] // as an operator may type it
    public async Task Post_StatusCallback_IsThisForm(string callback)
    {
        await rig.SendAsync(Ada, "Hi", new Uri(callback));

        Assert.Equal(
            "To=%2B15550001111"
            + "&StatusCallback=https%3A%2F%2Fsms.example.com%2Fapi%2Fwebhooks%2Fstatus%3Fb%3D1f%26s%3D0%26c%3D2e%23rc%3D5%26rp%3Dall"
            + "&SmartEncoded=false&MessagingServiceSid=MG0000000000000000000000000000fa4e&Body=Hi",
            Assert.Single(rig.Twilio.Messages.Calls).RawForm);
    }

    [Fact]
    public async Task Post_ValidityPeriod_IsThisForm()
    {
        await rig.SendAsync(Ada, "Hi", new Uri("https://sms.example.com/c"), validity: 90);

        Assert.Equal(
            "To=%2B15550001111&StatusCallback=https%3A%2F%2Fsms.example.com%2Fc&ValidityPeriod=90"
            + "&SmartEncoded=false&MessagingServiceSid=MG0000000000000000000000000000fa4e&Body=Hi",
            Assert.Single(rig.Twilio.Messages.Calls).RawForm);
    }

    [Fact]
    public async Task Post_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        var numbers = Enumerable.Range(0, 40).Select(i => $"+155500030{i:00}").ToArray();
        var outcomes = await Task.WhenAll(numbers.Select(number => rig.SendAsync(number)));

        Assert.Equal(
            numbers.Select(number => rig.Twilio.Messages.For(number).Single().Sid),
            outcomes.Cast<SendOutcome.Accepted>().Select(outcome => outcome.Sid));
    }

    [Theory]
    [InlineData(21614, "not a mobile number")]
    [InlineData(21211, "not a valid phone number")]
    public async Task Post_NumberRefused_IsRejected(int code, string reason)
    {
        rig.Twilio.Recipients[Ada] = new RecipientBehaviour { RejectCode = code };

        await AssertRefusedAsync(new SendOutcome.Rejected(code, reason));
    }

    [Fact]
    public async Task Post_OptedOut_IsOptedOut()
    {
        rig.Twilio.OptOut(Ada);

        await AssertRefusedAsync(new SendOutcome.OptedOut(21610, "the recipient has opted out"));
    }

    [Fact]
    public async Task Post_WrongToken_Suspends()
    {
        Assert.Equal(new SendOutcome.Suspend(20003, "the credentials are wrong"), await rig.SendAsync(Ada, authToken: "wrong"));
        Assert.False(Assert.Single(rig.Twilio.Messages.Calls).Authorized);
    }

    [Fact]
    public async Task Post_AccountSuspended_Suspends()
    {
        rig.Twilio.Faults.FailNext(1, Fault.AccountSuspended);

        await AssertRefusedAsync(new SendOutcome.Suspend(20005, "the account is not active"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Post_RateLimited_IsRetriedWhenTwilioSaysAndNotCounted(int seconds)
    {
        rig.Twilio.Faults.RetryAfterSeconds = seconds;
        rig.Twilio.Faults.FailNext(1, Fault.Refuse429);

        TimeSpan? after = seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
        await AssertRefusedAsync(new SendOutcome.Retry(20429, "too many requests", RetryCause.Congestion, after));
    }

    [Fact]
    public async Task Post_Unavailable_IsRetried()
    {
        rig.Twilio.Faults.FailNext(1, Fault.Refuse503);

        await AssertRefusedAsync(new SendOutcome.Retry(20503, "Twilio is unavailable", RetryCause.Outage));
    }

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Post_AmbiguousAnswer_IsUnconfirmedAndNotRepeated(string fault, bool reusedConnection, int accepted)
    {
        if (reusedConnection)
        {
            Assert.IsType<SendOutcome.Accepted>(await rig.SendAsync(Bob));
        }

        rig.Twilio.Faults.FailFor(Ada, 1, (Fault)typeof(Fault).GetProperty(fault)!.GetValue(null)!);
        var outcome = await rig.SendAsync(Ada);

        Assert.IsType<SendOutcome.Unconfirmed>(outcome);
        Assert.Equal((1, accepted), (rig.Twilio.Messages.CallsFor(Ada).Count, rig.Twilio.Messages.CountFor(Ada)));
    }

    [Fact]
    public async Task Post_NoAnswerInTime_IsUnconfirmed()
    {
        rig.Twilio.Faults.FailNext(1, Fault.Hold(TimeSpan.FromHours(1)));
        var held = rig.SendAsync(Ada);
        while (rig.Twilio.Messages.CountFor(Ada) == 0)
        {
            Assert.False(held.IsCompleted);
            await Task.Yield();
        }

        rig.Clock.Advance(SenderRig.CallTimeout);
        Assert.Equal(new SendOutcome.Unconfirmed(0, "no answer in time"), await held);
        Assert.Equal(1, rig.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Post_ConnectionRefused_IsRetried()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // the port is taken, and has no listener
        await using var unreachable = await SenderRig.StartAsync(Create, _ => new Uri($"http://{deaf.LocalEndPoint}"));

        Assert.Equal(new SendOutcome.Retry(0, "the provider could not be reached", RetryCause.Outage), await unreachable.SendAsync(Ada));
    }

    [Fact]
    public async Task Post_WindowPassed_IsNotStarted()
    {
        Assert.IsType<SendOutcome.NotStarted>(await rig.SendAsync(Ada, late: TimeSpan.FromSeconds(11)));
        Assert.Equal(0, rig.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Post_Redirected_IsNotFollowed()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var elsewhere = builder.Build();
        elsewhere.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = new Uri(rig.Twilio.BaseUrl, context.Request.Path).ToString();
            return Task.CompletedTask;
        });
        await elsewhere.StartAsync(TestContext.Current.CancellationToken);
        await using var redirected = await SenderRig.StartAsync(Create, _ => new Uri(elsewhere.Urls.Single()));

        Assert.IsType<SendOutcome.Unconfirmed>(await redirected.SendAsync(Ada));
        Assert.Equal(0, rig.Twilio.Messages.TotalCalls);
    }

    protected abstract ISmsSender Create(IHttpClientFactory clients);

    private async Task AssertRefusedAsync(SendOutcome expected)
    {
        Assert.Equal(expected, await rig.SendAsync(Ada));
        Assert.Equal((1, 0), (rig.Twilio.Messages.TotalCalls, rig.Twilio.Messages.Accepted));
    }
}
