using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

public sealed class SweepTurnTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Run_AnotherInstanceSweeps_LeavesItToThat()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        Assert.True(await app.Service<SweepTurn>().RunAsync(default));
        var lease = new BlobContainerClient(app.Storage, ContainerNames.Locks).GetBlobClient($"sweeper-{app.Twilio.Options.MessagingServiceSid}").GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(60));

        Assert.False(await app.Service<SweepTurn>().RunAsync(default));

        await lease.ReleaseAsync();
        Assert.True(await app.Service<SweepTurn>().RunAsync(default));
    }

    [Fact]
    public async Task Run_TwentyAtOnceOnFourInstances_AllEndAndTheWorkIsDone()
    {
        var storage = azurite.NewAccount();
        await using var one = await TestApp.StartAsync(storage, [new("Broadcasts:ExpireAfter", "00:00:01")], pumping: false);
        await using var two = await TestApp.StartAsync(storage, pumping: false);
        var accepted = await one.BroadcastAsync("Hello", TestApp.Numbers(5));

        await Eventually.GetAsync(
            async () =>
            {
                var turns = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[] { one, two }).Select(app => app.Service<SweepTurn>().RunAsync(default)));
                Assert.Contains(true, turns);
                return await one.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "completed");
    }
}
