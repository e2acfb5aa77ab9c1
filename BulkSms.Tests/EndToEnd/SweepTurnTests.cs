using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
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
        var lease = LeaseOf(app);
        await lease.AcquireAsync(TimeSpan.FromSeconds(60));

        Assert.False(await app.Service<SweepTurn>().RunAsync(default));

        await lease.ReleaseAsync();
        Assert.True(await app.Service<SweepTurn>().RunAsync(default));
    }

    // A sweep reads the queues first: the test holds that reading back, so the sweep is under way for as long as the test likes.
    [Fact]
    public async Task Run_WhileOneInstanceSweeps_NoOtherOfFourDoesAndNoOneElseGetsTheLease()
    {
        var storage = azurite.NewAccount();
        using var held = new HeldTransport();
        await using var first = await TestApp.StartAsync(storage, pumping: false, configure: builder => held.Use(builder));
        await using var second = await TestApp.StartAsync(storage, pumping: false);
        await using var third = await TestApp.StartAsync(storage, pumping: false);
        await using var fourth = await TestApp.StartAsync(storage, pumping: false);
        var others = new[] { second, third, fourth };

        var sweeping = first.Service<SweepTurn>().RunAsync(default);
        await held.Reached;
        var turns = await Task.WhenAll(Enumerable.Repeat(others, 5).SelectMany(apps => apps).Select(app => app.Service<SweepTurn>().RunAsync(default)));
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => LeaseOf(second).AcquireAsync(TimeSpan.FromSeconds(15)));
        held.Release();

        Assert.All(turns, Assert.False);
        Assert.Equal(BlobErrorCode.LeaseAlreadyPresent, refusal.ErrorCode);
        Assert.True(await sweeping);
        Assert.True(await second.Service<SweepTurn>().RunAsync(default)); // it was released
    }

    private static BlobLeaseClient LeaseOf(TestApp app) =>
        new BlobContainerClient(app.Storage, ContainerNames.Locks).GetBlobClient($"sweeper-{app.Twilio.Options.MessagingServiceSid}").GetBlobLeaseClient();
}
