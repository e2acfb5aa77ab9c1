using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using BulkSms.Unreachable;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Numbers that Twilio or a carrier refused for good are told of before the next text, left out where that is asked, and forgotten once a text reaches them.</summary>
public sealed class KnownBadTests(MemoryFixture memory)
{
    private const string Landline = "+15551230001";
    private const string Gone = "+15551230002";
    private const string Busy = "+15551230003";
    private const string Fine = "+15551230004";

    [Fact]
    public async Task Preview_AfterFailures_SaysHowManyWillFailAgainAndSkipLeavesThemOut()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await FailAsync(app);

        var told = await PreviewAsync(app, skip: false);
        var skipped = await PreviewAsync(app, skip: true);
        var accepted = await app.BroadcastJsonAsync($$"""{"message": "Again", "recipients": ["{{Landline}}", "{{Gone}}", "{{Busy}}", "{{Fine}}"], "skipKnownBad": true}""");
        var done = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal((4, 2), (told.RecipientsCount, told.KnownBad)); // 30003 says nothing of the number
        Assert.Empty(told.Skipped);
        Assert.Equal((2, 2), (skipped.RecipientsCount, skipped.KnownBad));
        Assert.Equal([(0, SkippedReason.KnownBad, "21614"), (1, SkippedReason.KnownBad, "30005")], skipped.Skipped.Select(each => (each.Index!.Value, each.Reason, each.Detail[^6..^1])));
        Assert.Equal((2, 2), (accepted.RecipientsCount, accepted.KnownBad));
        Assert.Equal([Busy, Fine], (await app.RecipientsAsync(done.BroadcastId)).Select(each => each.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delivery_ToANumberThatFailed_ForgetsIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await FailAsync(app);
        app.Twilio.Recipients[Gone] = new RecipientBehaviour();

        var again = await app.BroadcastAsync("Again", Gone);
        await app.CompletedAsync(again.BroadcastId);

        await Eventually.GetAsync(() => PreviewAsync(app, skip: false), view => view.KnownBad == 1);
        Assert.Equal([UnreachableTable.KeyOf(Landline)], app.Table(TableNames.UnreachableNumbers).Query<TableEntity>().Select(row => row.RowKey));
    }

    [Fact]
    public async Task Table_OfFailures_HoldsNoNumber()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await FailAsync(app);

        var cells = app.Table(TableNames.UnreachableNumbers).Query<TableEntity>().SelectMany(row => row.ToArray()).Select(cell => $"{cell.Value}");

        Assert.DoesNotContain(cells, cell => cell.Contains("5551230001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Days_Zero_KeepsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Unreachable:Days", "0")]);
        await FailAsync(app);

        Assert.Equal(0, (await PreviewAsync(app, skip: false)).KnownBad);
        Assert.Empty(app.Table(TableNames.UnreachableNumbers).Query<TableEntity>());
    }

    private static async Task FailAsync(TestApp app)
    {
        app.Twilio.Recipients[Landline] = new RecipientBehaviour { RejectCode = 21614 };
        app.Twilio.Recipients[Gone] = new RecipientBehaviour { FinalStatus = "undelivered", ErrorCode = 30005 };
        app.Twilio.Recipients[Busy] = new RecipientBehaviour { FinalStatus = "undelivered", ErrorCode = 30003 };
        var first = await app.BroadcastAsync("First", Landline, Gone, Busy, Fine);
        await app.GetAsync(first.BroadcastId, view => view.Progress.Final == 4);
    }

    private static async Task<PreviewView> PreviewAsync(TestApp app, bool skip)
    {
        using var response = await app.Http.PostAsJsonAsync("/api/v1/broadcasts/preview", new { message = "Hi", recipients = new[] { Landline, Gone, Busy, Fine }, skipKnownBad = skip });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;
    }
}
