using System.Net;
using BulkSms.Common;
using BulkSms.LocalHost.Azurite;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>Azurite is stopped and started again, keeping its data.</summary>
public sealed class StorageAwayTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("bulksms-test-").FullName;
    private AzuriteProcess? azurite;

    public async ValueTask InitializeAsync() => await StartAsync((0, 0, 0));

    public async ValueTask DisposeAsync()
    {
        await azurite!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Storage_GoneAndBack_Answers503ThenGoesOnAndLosesNothing()
    {
        await using var app = await TestApp.StartAsync(azurite!.ConnectionString(), [new("Sending:SegmentsPerSecond", "20")], invisibility: TimeSpan.FromSeconds(10));
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(60));
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted >= 10);

        var ports = azurite!.Ports;
        await azurite.DisposeAsync();
        using var refused = await app.PostAsync("Lost?", "+15559990001");
        using var look = await app.Http.GetAsync($"/api/v1/broadcasts/{accepted.BroadcastId}");
        using var ready = await app.Http.GetAsync("/api/health/ready");
        await StartAsync(ports);
        await app.GetAsync(accepted.BroadcastId, view => view.Status is "finishing" or "completed"); // callbacks may have been lost meanwhile

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
        Assert.Contains("storage-unavailable", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (look.StatusCode, ready.StatusCode));
        Assert.All(await app.RecipientsAsync(accepted.BroadcastId), recipient => Assert.Equal(app.Twilio.Messages.For(recipient.To).Single().Sid, recipient.Sid));
        Assert.Equal((60, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Equal(0, app.Twilio.Messages.CountFor("+15559990001"));
    }

    [Fact]
    public async Task Start_WithoutStorage_WaitsForItAndThenWorks()
    {
        var ports = azurite!.Ports;
        var storage = azurite.ConnectionString();
        await azurite.DisposeAsync();
        var starting = TestApp.StartAsync(storage);
        await StartAsync(ports);

        await using var app = await starting;

        await app.CompletedAsync((await app.BroadcastAsync("Hello", "+15551230001")).BroadcastId);
    }

    private async Task StartAsync((int Blob, int Queue, int Table) ports) =>
        azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(ports, folder, [AzuriteOptions.DefaultAccount]), _ => { });
}
