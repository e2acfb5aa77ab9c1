using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BulkSms.Backup;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>An export of storage brings back what was lost, and no recipient is texted twice for it.</summary>
public sealed class BackupTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"bulksms-export-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Restore_OfAnExportThatSendingHasOvertaken_TextsNoRecipientTwiceAndLosesNone()
    {
        var (old, fresh) = (azurite.NewAccount(), azurite.NewAccount());
        await using var twilio = await TwilioServer.StartAsync();
        string id;
        await using (var app = await TestApp.StartAsync(old, [new("Broadcasts:RowRecipientLimit", "1")], pumping: false, twilio: twilio))
        {
            id = (await app.BroadcastAsync("Hello", TestApp.Numbers(6))).BroadcastId;
            using var optOut = await app.OptOutAsync("+15551239999");
            await ExportAsync(old);
        }

        twilio.Faults.FailFor(TestApp.Numbers(6)[5], 1, Fault.Refuse503);
        await using (var app = await TestApp.StartAsync(old, [new("Sending:RetryBaseDelay", "01:00:00"), new("Sending:RetryMaxDelay", "01:00:00")], twilio: twilio))
        {
            await Eventually.TrueAsync(() => twilio.Messages.Accepted >= 5); // all of it after the export, one perhaps not at all
        }

        var manifest = await ImportAsync(fresh);

        await using var restored = await TestApp.StartAsync(
            fresh, [new("Sending:ListLag", "00:00:01"), new("Sending:ClaimLease", "00:00:01"), new("Sending:SendDeadline", "00:00:00.300"), new("Sending:CallTimeout", "00:00:00.500"), new("Sending:SecondReadingAfter", "00:00:01"), new("LocalHost:SweepEvery", "00:00:01"), new("Broadcasts:RequeueAfter", "00:00:01")],
            twilio: twilio);
        Assert.NotNull((await restored.Service<ControlTable>().ReadAsync(default)).Suspension);
        Assert.Equal(TableNames.Exported.Count, manifest.Rows.Count);
        using var resumed = await restored.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={manifest.Since}", null);
        resumed.EnsureSuccessStatusCode();
        await restored.CompletedAsync(id);
        Assert.Equal((6, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
        using var optedOut = await restored.LookUpOptOutAsync("+15551239999");
        optedOut.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Import_OfAnExportWhileAReconciliationRan_SuspendsFromNowOnAndRunsNone()
    {
        var (old, fresh) = (azurite.NewAccount(), azurite.NewAccount());
        await using (var app = await TestApp.StartAsync(old, pumping: false))
        {
            await app.BroadcastAsync("Hello", "+15551230001");
            using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
            using var resumed = await app.Http.PostAsync("/api/v1/sending/resume?reconcileSince=2026-01-01T00:00Z", null);
            using var again = await app.Http.PostAsync("/api/v1/sending/suspend", null);
            await ExportAsync(old);
        }

        var exported = TimeProvider.System.GetUtcNow();
        await ImportAsync(fresh);

        var control = await new ControlTable(new(new(fresh)), TimeProvider.System).ReadAsync(default);
        Assert.True(control.Suspension!.Since >= exported && control.Reconciliation is null);
    }

    [Fact]
    public async Task Export_ToAContainer_ComesBackFromItAndOverwritesNothing()
    {
        var (old, fresh) = (azurite.NewAccount(), azurite.NewAccount());
        var container = new BlobContainerClient(azurite.NewAccount(), "exports");
        await container.CreateAsync();
        var exports = new ExportContainer(container);
        await using (var app = await TestApp.StartAsync(old, [new("Broadcasts:RowRecipientLimit", "1")], pumping: false))
        {
            await app.BroadcastAsync("Hello", TestApp.Numbers(3));
            await ExportAsync(old);
        }

        await exports.UploadAsync(folder, "one");
        var again = await Record.ExceptionAsync(() => exports.UploadAsync(folder, "one"));
        Directory.Delete(folder, recursive: true);
        await exports.DownloadAsync("one", folder);
        var manifest = await ImportAsync(fresh);

        Assert.True(again is AggregateException or Azure.RequestFailedException, $"{again}");
        Assert.Equal((3, 1), (manifest.Rows[TableNames.Recipients], manifest.Blobs));
        Assert.Equal(3, await new TableClient(fresh, TableNames.Recipients).QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task Import_IntoAnAccountWithRows_IsRefused()
    {
        var storage = azurite.NewAccount();
        await using var app = await TestApp.StartAsync(storage, pumping: false);
        await app.BroadcastAsync("Hello", "+15551230001");
        await ExportAsync(storage);

        var refused = await Assert.ThrowsAsync<BackupException>(() => ImportAsync(storage));

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfHalfAnExport_IsRefused()
    {
        var storage = azurite.NewAccount();
        await using (await TestApp.StartAsync(storage, pumping: false))
        {
            await ExportAsync(storage);
        }

        File.Delete(Path.Combine(folder, Manifest.FileName));

        var refused = await Assert.ThrowsAsync<BackupException>(() => ImportAsync(azurite.NewAccount()));
        Assert.Contains("cut off", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfAnExport_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var storage = azurite.NewAccount();
        await using (await TestApp.StartAsync(storage, pumping: false))
        {
            await ExportAsync(storage);
        }

        foreach (var file in Directory.GetFiles(folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Row_OfEveryType_ComesBackAsItWas()
    {
        var row = new TableEntity("p", "r/\"é") {
            ["text"] = "ŝ\n\"", ["int"] = int.MinValue, ["long"] = long.MaxValue, ["double"] = 0.1, ["bool"] = true, ["time"] = new DateTimeOffset(2026, 11, 26, 1, 2, 3, 456, TimeSpan.Zero),
            ["id"] = Guid.Parse("00000000-0000-0000-0000-000000000001"), ["none"] = null,
        };

        var back = RowText.Read(RowText.Write(row));

        Assert.Equal(row.Where(column => column.Value is not null).OrderBy(column => column.Key, StringComparer.Ordinal), back.OrderBy(column => column.Key, StringComparer.Ordinal));
        Assert.Equal([1, 2], (byte[])RowText.Read(RowText.Write(new TableEntity("p", "r") { ["bytes"] = new byte[] { 1, 2 } }))["bytes"]);
    }

    private Task<Manifest> ExportAsync(string storage) => new Export(new TableServiceClient(storage), new BlobServiceClient(storage), TimeProvider.System).RunAsync(folder);

    private Task<Manifest> ImportAsync(string storage)
    {
        var tables = new TableServiceClient(storage);
        return new Import(tables, new BlobServiceClient(storage), new ControlTable(new(tables), TimeProvider.System)).RunAsync(folder);
    }
}
