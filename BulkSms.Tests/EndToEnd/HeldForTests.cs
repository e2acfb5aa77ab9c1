using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Why a recipient is shown as held.</summary>
public sealed class HeldForTests
{
    private static readonly object Noon = new { from = "11:00", to = "13:00", timeZone = "Etc/UTC" };
    private static readonly string[] Satellite = ["+88312345678"]; // of no zone

    [Fact]
    public async Task QuietNow_IsHeldByQuietHours()
    {
        await using var app = await VirtualApp.StartAsync(); // at noon

        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Satellite, quietHours = Noon });

        Assert.Equal(HeldFor.QuietHours, await HeldForAsync(app, id));
    }

    [Fact]
    public async Task QuietNowButScheduledForLater_IsHeldByNothing()
    {
        await using var app = await VirtualApp.StartAsync();

        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Satellite, quietHours = Noon, sendAt = app.Clock.GetUtcNow().AddHours(6) });

        Assert.Null(await HeldForAsync(app, id));
    }

    private static async Task<string?> HeldForAsync(VirtualApp app, string id)
    {
        await app.Service<Dispatch.FanOutJobHandler>().RunAsync(id, default);
        var page = await app.Http.GetFromJsonAsync($"/api/v1/broadcasts/{id}/recipients", ApiJson.Default.RecipientPage);
        return Assert.Single(page!.Recipients).HeldFor;
    }
}
