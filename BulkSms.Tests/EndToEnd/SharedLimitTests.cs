using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Estimates;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a caller may send: recipients a day and money a month, counted by all instances together, on a clock of their own. It is noon of 10 March.</summary>
public sealed class SharedLimitTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NextMonth = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly KeyValuePair<string, string?>[] FiveADay = [new("Limits:RecipientsPerDay", "5")];
    private static readonly KeyValuePair<string, string?>[] FiveCentsAMonth = [new("Limits:MonthlyBudget", "0.05"), new("Prices:US", "0.01")];

    [Fact]
    public async Task Recipients_OfTwoInstances_ShareADayAndARestartKeepsIt()
    {
        await using var one = await VirtualApp.StartAsync(FiveADay);
        await using var two = await VirtualApp.StartAsync(FiveADay, before: one);
        await one.BroadcastAsync(Body("One", 3));

        using var tooMany = await PostAsync(two, "Two", 3);
        await two.BroadcastAsync(Body("Three", 2));
        await using var restarted = await VirtualApp.StartAsync(FiveADay, before: two);
        using var none = await PostAsync(restarted, "Four", 1);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (tooMany.StatusCode, none.StatusCode));
        Assert.Equal(Midnight, restarted.Clock.GetUtcNow() + none.Headers.RetryAfter!.Delta);
        Assert.Contains("Limits:RecipientsPerDay is 5, and 2 of it are left until 2026-03-11T00:00:00.000Z", await DetailAsync(tooMany), StringComparison.Ordinal);
        one.Clock.SetUtcNow(Midnight);
        await restarted.BroadcastAsync(Body("Four", 5));
    }

    [Fact]
    public async Task Recipients_ManyRequestsAtOnceOnTwoInstances_AreAcceptedUpToTheLimit()
    {
        await using var one = await VirtualApp.StartAsync(FiveADay);
        await using var two = await VirtualApp.StartAsync(FiveADay, before: one);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => PostAsync(i % 2 == 0 ? one : two, $"Text {i}", 1)));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Budget_OfAMonth_Is422WithWhatIsLeftAndRenews()
    {
        await using var one = await VirtualApp.StartAsync(FiveCentsAMonth);
        await using var two = await VirtualApp.StartAsync(FiveCentsAMonth, before: one);
        await one.BroadcastAsync(Body("One", 3));

        using var refused = await PostAsync(two, "Two", 3);
        await two.BroadcastAsync(Body("Two", 2));
        using var test = await two.Http.PostAsJsonAsync("/api/v1/broadcasts/test", new { message = "Hi", recipients = Numbers(1), testTo = "+12015550199" });

        var problem = await ReadAsync(refused);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:bulksms:problem:budget-exceeded"), (refused.StatusCode, problem.Type));
        Assert.Equal(new("monthlyBudget", "Limits:MonthlyBudget", 0.05m, 0.03m, 0.02m, NextMonth), problem.Budget);
        Assert.Equal(0.03m, problem.Estimate!.Total);
        Assert.Equal(
            "Nothing was accepted. The estimate is 0.03 USD. Limits:MonthlyBudget is 0.05 USD: 0.03 is spent this month, and 0.02 is left until 2026-04-01T00:00:00.000Z. Send it after that, or to fewer recipients, or have the budget raised.",
            problem.Detail);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0m), (test.StatusCode, (await ReadAsync(test)).Budget!.Left)); // a test costs as any text
        one.Clock.SetUtcNow(NextMonth);
        await one.BroadcastAsync(Body("Three", 5));
    }

    [Theory]
    [InlineData(6, "+12015550", "Waiting does not help")]
    [InlineData(1, "+15551230", "The cost is not known: no price is configured for +1.")]
    public async Task Budget_ThatCannotBeKept_SaysWhy(int count, string numbers, string why)
    {
        await using var app = await VirtualApp.StartAsync(FiveCentsAMonth);
        using var refused = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = Enumerable.Range(100, count).Select(i => $"{numbers}{i}") });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(why, await DetailAsync(refused), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(app));
    }

    [Fact]
    public async Task Budget_OfANamedCaller_IsItsOwn()
    {
        KeyValuePair<string, string?>[] settings = [.. FiveCentsAMonth, new("Callers:shop:KeyHashes", Callers.HashOf(TestApp.Key)), new("Callers:shop:MonthlyBudget", "0.02")];
        await using var app = await VirtualApp.StartAsync(settings);

        using var refused = await PostAsync(app, "One", 3);
        await app.BroadcastAsync(Body("One", 2));

        Assert.Equal(new("monthlyBudget", "Callers:shop:MonthlyBudget", 0.02m, 0m, 0.02m, NextMonth), (await ReadAsync(refused)).Budget);
    }

    [Fact]
    public async Task Budget_OfAProfile_IsOfAllThatItSends()
    {
        KeyValuePair<string, string?>[] settings = [.. FiveCentsAMonth, new("Profiles:alerts:MessagingServiceSid", $"MG{new string('1', 32)}"), new("Profiles:alerts:MonthlyBudget", "0.02")];
        await using var app = await VirtualApp.StartAsync(settings);
        await app.BroadcastAsync(new { message = "One", recipients = Numbers(2), profile = "ALERTS" });

        using var refused = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Two", recipients = Numbers(1), profile = "alerts" });
        await app.BroadcastAsync(Body("Two", 3)); // of the caller's own budget the refused one has used nothing

        Assert.Equal(new("monthlyBudget", "Profiles:alerts:MonthlyBudget", 0.02m, 0.02m, 0m, NextMonth), (await ReadAsync(refused)).Budget);
    }

    [Fact]
    public async Task Preview_OfWhatIsTooMuch_TellsWhatIsLeftAndUsesNothing()
    {
        KeyValuePair<string, string?>[] settings = [.. FiveADay, .. FiveCentsAMonth];
        await using var app = await VirtualApp.StartAsync(settings);
        await app.BroadcastAsync(Body("One", 2));

        var (three, four) = (await PreviewAsync(app, 3), await PreviewAsync(app, 4));

        Assert.Equal([new("recipientsPerDay", "Limits:RecipientsPerDay", 5, 2, 3, Midnight, true), new("monthlyBudget", "Limits:MonthlyBudget", 0.05m, 0.02m, 0.03m, NextMonth, true)], three.Limits);
        Assert.Equal([false, false], four.Limits.Select(limit => limit.Fits!.Value));
        Assert.Equal([(2, "recipients-2026-03-10"), (20_000, "cost-2026-03")], (await RowsAsync(app)).Select(row => (row.GetInt64("used")!.Value, row.RowKey)).Order());
    }

    [Fact]
    public async Task Repeat_UnderAKeyWhoseOutcomeIsUnknown_IsCountedOnce()
    {
        await using var app = await VirtualApp.StartAsync([.. FiveADay, new("Broadcasts:CommitProbe", "00:00:00")]);
        app.Breaks = call => call.Operation is StorageOperation.CommitBroadcast ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        using var unknown = await PostAsync(app, "One", 5);

        app.Breaks = _ => StorageFaultKind.None;
        var accepted = await app.BroadcastAsync(Body("One", 5));
        var again = await app.BroadcastAsync(Body("One", 5));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, accepted), (unknown.StatusCode, again));
        Assert.Equal(5, Assert.Single(await RowsAsync(app)).GetInt64("used"));
    }

    // The list was never written, so the broadcast is not accepted for certain: without a key the same request may come again, and is counted then.
    [Theory]
    [InlineData(null, 0)]
    [InlineData("k", 5)]
    public async Task Reservation_OfWhatWasNotCommitted_IsGivenBackUnlessAKeyMayRepeatIt(string? key, int used)
    {
        await using var app = await VirtualApp.StartAsync([.. FiveADay, new("Broadcasts:RowRecipientLimit", "1")]);
        app.Breaks = call => call.Path.StartsWith("broadcasts/", StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        if (key is not null)
        {
            app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, key);
        }

        using var refused = await PostAsync(app, "One", 5);
        var usedThen = Assert.Single(await RowsAsync(app)).GetInt64("used");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, used), (refused.StatusCode, usedThen));
        app.Breaks = _ => StorageFaultKind.None;
        await app.BroadcastAsync(Body("One", 5));
        Assert.Equal(5, Assert.Single(await RowsAsync(app)).GetInt64("used"));
    }

    [Fact]
    public async Task Broadcast_WhileTheCountersAreAway_IsNotAccepted()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Breaks = call => call.Path.StartsWith(TableNames.Usage, StringComparison.Ordinal) ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        using var refused = await PostAsync(app, "One", 1);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:bulksms:problem:storage-unavailable"), (refused.StatusCode, (await ReadAsync(refused)).Type));
        Assert.Empty(await app.Service<BroadcastStore>().ListAsync(null, null, 10, default).ToListAsync());
    }

    [Fact]
    public async Task Broadcast_WhoseRecipientsHaveAllOptedOut_UsesNothing()
    {
        await using var app = await VirtualApp.StartAsync([.. FiveADay, .. FiveCentsAMonth]);
        using var optedOut = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = Numbers(2) });

        await app.BroadcastAsync(Body("One", 2));

        Assert.Empty(await RowsAsync(app));
    }

    [Fact]
    public async Task Calls_ForLimits_AreOneOrTwoABroadcast()
    {
        await using var app = await VirtualApp.StartAsync(FiveCentsAMonth);
        await app.BroadcastAsync(Body("One", 1));
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var calls = await app.Storage.CallsOfAsync(() => app.BroadcastAsync(Body("Two", 1)));

        Assert.Equal(2, calls.Count(call => call.IsTo(TableNames.Usage))); // a limit each
    }

    [Fact]
    public async Task Rows_OfWindowsThatAreOver_AreDeleted()
    {
        await using var app = await VirtualApp.StartAsync(FiveCentsAMonth);
        await app.BroadcastAsync(Body("One", 1));
        app.Clock.SetUtcNow(Midnight.AddDays(3));

        await app.Service<TrimCounts>().RunAsync(app.Clock.GetUtcNow(), default);

        Assert.Equal("cost-2026-03", Assert.Single(await RowsAsync(app)).RowKey);
    }

    private static object Body(string message, int count) => new { message, recipients = Numbers(count) };

    private static string[] Numbers(int count) => [.. Enumerable.Range(100, count).Select(i => $"+12015550{i}")];

    private static Task<HttpResponseMessage> PostAsync(VirtualApp app, string message, int count) => app.Http.PostAsJsonAsync("/api/v1/broadcasts", Body(message, count));

    private static async Task<PreviewView> PreviewAsync(VirtualApp app, int count)
    {
        using var answer = await app.Http.PostAsJsonAsync("/api/v1/broadcasts/preview", Body("Preview", count));
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;
    }

    private static async Task<ProblemDocument> ReadAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync(ProblemDocument.Json))!;

    private static async Task<string> DetailAsync(HttpResponseMessage answer) => (await ReadAsync(answer)).Detail!;

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(VirtualApp app) =>
        await app.Service<TableServiceClient>().GetTableClient(TableNames.Usage).QueryAsync<TableEntity>().ToListAsync();
}
