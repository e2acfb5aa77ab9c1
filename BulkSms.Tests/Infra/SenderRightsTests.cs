using System.Net;
using Azure.Core.Pipeline;
using BulkSms.Api;
using BulkSms.Outbox;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Infra;

/// <summary>The app that sends, with the roles that infra/ gives it, and no others.</summary>
[Collection(InfraTests.Name)]
public sealed class SenderRightsTests(CompiledInfra infra, MemoryFixture memory) : IAsyncLifetime
{
    private const string Sent = "+15551230001";
    private const string OptedOut = "+15551230002";
    private const string Landline = "+15551230003";
    private const string Busy = "+15551230004";
    private const string Refused = "+15551230005";
    private const string BusyNow = "+15551230006";

    private RightsTransport rights = null!;
    private EventReceiver receiver = null!;
    private TestApp api = null!;
    private TestApp sender = null!;

    public async ValueTask InitializeAsync()
    {
        rights = new(new HttpClientTransport(), infra.Roles("send"));
        receiver = await EventReceiver.StartAsync();
        api = await TestApp.StartAsync(memory.NewAccount(), EventSettings.Fast, pumping: false);
        sender = await TestApp.StartAsync(
            api.Storage, [.. EventSettings.Fast, new("Storage:CreateMissing", "false")], pumping: false, twilio: api.Twilio,
            configure: builder => builder.Services.AddSingleton<HttpPipelineTransport>(rights));
        await EventSettings.AddEndpointAsync(api.Http, receiver, [.. EventTypes.All]);
    }

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await api.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Sender_WithTheRolesOfInfra_DoesAllItsWork()
    {
        api.Twilio.OptOut(OptedOut);
        api.Twilio.Faults.FailFor(Landline, 1, Fault.Reject(400, 21614));
        api.Twilio.Faults.FailFor(Busy, 1, Fault.Refuse503);
        api.Twilio.Faults.FailFor(Refused, 1, Fault.Reject(403, 20005));
        var id = (await api.BroadcastAsync("Hello", Sent, OptedOut, Landline, Busy)).BroadcastId;
        await SendAsync();
        api.Twilio.Faults.FailFor(Landline, 1, Fault.Reject(400, 21614));
        api.Twilio.Faults.FailFor(BusyNow, 1, Fault.Refuse503);
        using var urgent = await api.PostJsonAsync($$"""{"message": "Hello at once", "recipients": ["{{Landline}}", "{{BusyNow}}"], "priority": "high"}""", "/api/v1/broadcasts");
        Assert.Equal(HttpStatusCode.Accepted, urgent.StatusCode);

        await SendAsync();
        await api.BroadcastAsync("Hello again", Refused);
        await SendAsync();

        Assert.Equal("suspended", (await api.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.Status);
        Assert.NotNull((await api.RowAsync(id, Sent)).Sid);
        Assert.Equal(RecipientStatus.OptedOut, (await api.RowAsync(id, OptedOut)).Status);
        Assert.Equal(RecipientStatus.Rejected, (await api.RowAsync(id, Landline)).Status);
        Assert.NotEqual(0, (await api.Queue(QueueNames.OutboundPoison).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount);
        await Eventually.GetAsync(() => Task.FromResult(rights.Used.Keys.Order(StringComparer.Ordinal).ToArray()), used => used.SequenceEqual(Usable));
        Assert.Empty(rights.Refused);
    }

    // Of what is the Functions host's own nothing is seen here.
    private string[] Usable => [.. infra.Roles("send").Keys.Where(thing => !thing.StartsWith("containers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private async Task SendAsync()
    {
        foreach (var job in (await api.TakeAllAsync(QueueNames.Outbound)).Concat(await api.TakeAllAsync(QueueNames.OutboundHigh)))
        {
            await sender.Service<SendSms>().HandleAsync(job, TestContext.Current.CancellationToken);
        }
    }
}
