using Azure;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Faults;

/// <summary>The readings of Twilio's list, one by one: what counts, what does not, and what is done about what it does not tell.</summary>
public sealed class ReconcileUnconfirmedTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const int PageSize = 100;
    private static readonly Dictionary<string, string?> Quick = RecoveryTests.Quick;

    [Fact]
    public async Task Look_FirstFindsNothingSecondFindsIt_IsBoundAndNotSentAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.ListLag = TimeSpan.FromHours(1);
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);
        var accepted = await app.BroadcastAsync("Hello", Ada);

        await RecoveryTests.SweepUntilAsync(app, accepted.BroadcastId, row => row.AbsentAt is not null);
        app.Twilio.Faults.ListLag = TimeSpan.Zero;
        var row = await RecoveryTests.SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal(app.Twilio.Messages.All.Single().Sid, row.Sid);
        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Look_ListShowsSomethingOfOursThatIsNewer_CountsBeforeTheLagHasPassed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Quick.Where(setting => setting.Key != "Sending:ListLag"), new("Sending:ListLag", "02:00:00")]);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);
        var first = await app.BroadcastAsync("Hello", Ada);
        await SweepUntilOldAsync(app, first.BroadcastId);
        Assert.Equal((RecipientStatus.Unconfirmed, null), (await app.RowAsync(first.BroadcastId, Ada)) is var waiting ? (waiting.Status, waiting.AbsentAt) : default);

        app.Twilio.Faults.ClockSkew = TimeSpan.FromMinutes(5); // past the window of the first
        await app.BroadcastAsync("Hello again", Ada);
        await RecoveryTests.SweepUntilAsync(app, first.BroadcastId, row => row.Sid is not null);

        Assert.Equal((3, 2), (app.Twilio.Messages.TotalCalls, app.Twilio.Messages.Accepted));
    }

    [Fact]
    public async Task Look_MessageOnALaterPage_IsFound()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick);
        app.Twilio.Faults.FailNext(1, Fault.ProcessThenDrop);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await app.RowAsync(accepted.BroadcastId, Ada, row => row.Status == RecipientStatus.Unconfirmed);
        using var others = new HttpClient { BaseAddress = app.Twilio.BaseUrl };
        others.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{app.Twilio.Options.AccountSid}:{app.Twilio.Options.AuthToken}")));
        for (var i = 0; i <= PageSize; i++)
        {
            using var form = new FormUrlEncodedContent([new("To", Ada), new("From", "+15005550006"), new("Body", "not of our service")]);
            using var created = await others.PostAsync($"/2010-04-01/Accounts/{app.Twilio.Options.AccountSid}/Messages.json", form);
            created.EnsureSuccessStatusCode();
        }

        var row = await RecoveryTests.SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        Assert.Equal("Hello", app.Twilio.Messages.Find(row.Sid!)!.Body);
        Assert.Equal(PageSize + 2, app.Twilio.Messages.TotalCalls);
    }

    [Theory]
    [InlineData("Hold", "00:00:01")]
    [InlineData("Resend", "1.00:00:00")]
    public async Task Look_AnotherAccountIsConfiguredNow_ProvesNothing(string onUnproven, string unprovenAfter)
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [.. Quick, new("Sending:OnUnproven", onUnproven), new("Sending:UnprovenAfter", unprovenAfter)]);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await ToAnotherAccountAsync(app, accepted.BroadcastId);

        var row = await SweepUntilOldAsync(app, accepted.BroadcastId);

        Assert.Contains("another Twilio account", app.Logs.Text, StringComparison.Ordinal);
        Assert.Equal((RecipientStatus.Unconfirmed, null, 1), (row.Status, row.AbsentAt, app.Twilio.Messages.TotalCalls));
    }

    [Fact]
    public async Task Look_CanNeverProveAndResendIsAskedFor_SendsAgainAfterThatTime()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [.. Quick, new("Sending:OnUnproven", "Resend"), new("Sending:UnprovenAfter", "00:00:05")]);
        app.Twilio.Faults.FailNext(1, Fault.DropBeforeProcessing);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await ToAnotherAccountAsync(app, accepted.BroadcastId);

        await RecoveryTests.SweepUntilAsync(app, accepted.BroadcastId, row => row.Sid is not null);

        var calls = app.Twilio.Messages.Calls.Select(call => call.ArrivedAt).ToArray();
        Assert.Equal((2, 1), (calls.Length, app.Twilio.Messages.Accepted));
        Assert.True(calls[1] - calls[0] >= TimeSpan.FromSeconds(4), "sent again too soon"); // a claim's time is in whole seconds
    }

    [Fact]
    public async Task Look_ItsRowIsBoundMeanwhile_WritesNoOthersMessageOnIt()
    {
        var storage = memory.NewAccount();
        var meanwhile = default(Action);
        await using var proxy = await StorageProxy.StartAsync(storage, call =>
        {
            if (call.Operation is StorageOperation.ReadBroadcast)
            {
                Interlocked.Exchange(ref meanwhile, null)?.Invoke();
            }

            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, Quick, configure: TestApp.WithoutSweeper);
        app.Twilio.Faults.FailNext(2, Fault.ProcessThenDrop);
        var first = await app.BroadcastAsync("Hello", Ada);
        var second = await app.BroadcastAsync("Hello again", Ada);
        await app.RowAsync(second.BroadcastId, Ada, row => row.Status == RecipientStatus.Unconfirmed);
        var row = await app.RowAsync(first.BroadcastId, Ada, row => row.Status == RecipientStatus.Unconfirmed);
        var messages = app.Twilio.Messages.All.ToDictionary(message => message.Body, message => message.Sid);
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(first.BroadcastId, default))!;
        var read = app.Service<RecipientTable>();
        await Eventually.GetAsync(() => read.ReadAsync(row.Key, default), reading => reading!.StorageTime - row.ClaimedAt > TimeSpan.FromSeconds(3));

        // Its look has seen the list with both messages; now another instance's look binds the first one, and only the second is left without a row.
        meanwhile = () => new TableClient(storage, TableNames.Recipients).UpdateEntity(
            new TableEntity(row.Key.Partition, row.Key.Id) { [RecipientColumns.Sid] = messages["Hello"], [RecipientColumns.Status] = RecipientStatus.Submitted, [RecipientColumns.ProviderStatus] = ProviderStatus.Sent }, ETag.All, TableUpdateMode.Merge);
        await app.Service<ReconcileUnconfirmed>().RunAsync(broadcast, row.Key, default);

        Assert.Null(meanwhile);
        var bound = await app.RowAsync(first.BroadcastId, Ada);
        Assert.Equal((messages["Hello"], null), (bound.Sid, bound.OtherSids));
        Assert.Equal(messages["Hello again"], (await RecoveryTests.SweepUntilAsync(app, second.BroadcastId, row => row.Sid is not null)).Sid);
        Assert.Equal(2, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Sweep_MoreThanASliceThatCannotBeProved_StillComesToTheRest()
    {
        const int count = 502;
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(count));
        var table = app.Table(TableNames.Recipients);
        var rows = table.Query<TableEntity>().OrderBy(row => row.RowKey, StringComparer.Ordinal).ToArray();
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-1);
        foreach (var chunk in rows.Chunk(100))
        {
            await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, row.RowKey)
            {
                [RecipientColumns.Status] = RecipientStatus.Unconfirmed,
                [RecipientColumns.ClaimedAt] = longAgo,
                [RecipientColumns.Account] = row == rows[^1] ? app.Twilio.Options.AccountSid : "ACother",
                [RecipientColumns.Service] = app.Twilio.Options.MessagingServiceSid,
            })));
        }

        await app.Service<Sweeper>().RunAsync(default);
        await app.Service<Sweeper>().RunAsync(default);

        var last = (await app.Service<RecipientTable>().ReadAsync(new(accepted.BroadcastId, 0, rows[^1].RowKey), default))!.Row;
        Assert.NotNull(last.AbsentAt);
    }

    private static async Task ToAnotherAccountAsync(TestApp app, string broadcastId)
    {
        var row = await app.RowAsync(broadcastId, Ada, row => row.Status == RecipientStatus.Unconfirmed);
        var changes = new TableEntity { [RecipientColumns.Account] = "ACother" };
        Assert.NotNull(await app.Service<RecipientTable>().TryMergeAsync(row.Key, row.ETag, changes, default));
    }

    // Until looks have counted for some seconds by every other rule.
    private static async Task<Recipient> SweepUntilOldAsync(TestApp app, string broadcastId)
    {
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return await app.Service<RecipientTable>().ReadAsync(RecipientKey.Of(broadcastId, Ada, 1), default);
            },
            reading => reading!.StorageTime - reading.Row.ClaimedAt > TimeSpan.FromSeconds(7));
        return await app.RowAsync(broadcastId, Ada);
    }
}
