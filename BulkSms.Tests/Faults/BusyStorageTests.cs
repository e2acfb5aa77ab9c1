using Azure.Core.Pipeline;
using BulkSms.Common;
using BulkSms.MemoryStorage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Faults;

/// <summary>Storage that takes only so much a second, as Azure's does.</summary>
public sealed class BusyStorageTests
{
    [Fact]
    public async Task FanOut_OntoABusyQueue_SlowsDownAndWritesEachMessageOnce()
    {
        var account = new MemoryAccount(TimeProvider.System) { Limits = new(TimeProvider.System, scale: 1) { QueueMessages = 100 } };
        using var transport = new MemoryTransport(account, TimeSpan.FromMilliseconds(1), TimeProvider.System);
        await using var app = await TestApp.StartAsync(
            MemoryTransport.ConnectionString, pumping: false, configure: builder => builder.Services.AddSingleton<HttpPipelineTransport>(transport));

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(300));

        var operations = account.Operations.Snapshot();
        Assert.True(operations.GetValueOrDefault("busy queue") > 0);
        Assert.Equal(300, operations["queue send"]);
        Assert.Contains("The queue takes no more at a time", app.Logs.Text, StringComparison.Ordinal);
        account.Limits = null;
        Assert.Equal(300, (await app.GetAsync(accepted.BroadcastId)).Counts["pending"]);
    }
}
