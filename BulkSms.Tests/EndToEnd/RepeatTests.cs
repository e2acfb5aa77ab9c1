using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The same text to the same list, once more within a day.</summary>
public sealed class RepeatTests
{
    private const string Route = "/api/v1/broadcasts";
    private static readonly string[] Eleven = [.. Enumerable.Range(0, 11).Select(i => $"+120155501{i:00}")];

    [Fact]
    public async Task Post_AboveTen_IsRefusedUntilItIsConfirmed()
    {
        await using var app = await VirtualApp.StartAsync();
        var first = await app.BroadcastAsync(new { message = "Hello", recipients = Eleven });

        using var again = await PostAsync(app, new { message = "Hello", recipients = Eleven.Reverse() });
        var problem = (await again.Content.ReadFromJsonAsync(ProblemDocument.Json))!;

        Assert.Equal((HttpStatusCode.Conflict, "urn:bulksms:problem:repeat-not-confirmed"), (again.StatusCode, problem.Type));
        Assert.Contains($"2026-03-10T12:00:00Z, as broadcast {first}", problem.Detail, StringComparison.Ordinal);
        using var confirmed = await PostAsync(app, new { message = "Hello", recipients = Eleven, confirmRepeat = true });
        Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        using var other = await PostAsync(app, new { message = "Hello!", recipients = Eleven });
        Assert.Equal(HttpStatusCode.Accepted, other.StatusCode);
        using var fewer = await PostAsync(app, new { message = "Hello", recipients = Eleven[1..] });
        Assert.Equal(HttpStatusCode.Accepted, fewer.StatusCode);
    }

    [Fact]
    public async Task Post_UpToTen_IsAcceptedAgain()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven[1..] });

        using var again = await PostAsync(app, new { message = "Hello", recipients = Eleven[1..] });

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Fact]
    public async Task Post_UnderAKey_NeedsNoConfirmation_AndItsRepeatIsAnsweredAsTheFirst()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven });

        using var keyed = await PostAsync(app, new { message = "Hello", recipients = Eleven }, "one");
        using var repeat = await PostAsync(app, new { message = "Hello", recipients = Eleven }, "one");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (keyed.StatusCode, repeat.StatusCode));
        Assert.Equal(keyed.Headers.Location, repeat.Headers.Location);
        Assert.True(repeat.Headers.Contains(IdempotencyKey.ReplayedHeader));
    }

    [Fact]
    public async Task Post_ADayLater_IsNoRepeat()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven });
        app.Clock.Advance(RecentTexts.KeptFor);

        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven });
    }

    [Fact]
    public async Task Post_TwiceAtOnce_OneIsAccepted()
    {
        await using var app = await VirtualApp.StartAsync();

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(app, new { message = "Hello", recipients = Eleven })));

        Assert.Equal(["Accepted", "Conflict", "Conflict", "Conflict"], both.Select(each => each.StatusCode.ToString()).Order(StringComparer.Ordinal));
        Array.ForEach(both, each => each.Dispose());
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
        Assert.Equal(11, app.Twilio.Messages.Count);
    }

    [Theory]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    [InlineData(StorageFaultKind.ApplyThenBusy)]
    public async Task Post_FirstWhoseCommitWasNotAnswered_IsNoRepeatOfItself(StorageFaultKind fault)
    {
        await using var app = await VirtualApp.StartAsync();
        var failed = false;
        app.Breaks = call => call.Operation is StorageOperation.CommitBroadcast && !failed && (failed = true) ? fault : StorageFaultKind.None;

        var posting = PostAsync(app, new { message = "Hello", recipients = Eleven });
        await app.RunAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), () => IsOverSoonAsync(posting));
        using var response = await posting;

        Assert.True(failed);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10)); // the answer may come before the first text leaves
        Assert.Equal(11, app.Twilio.Messages.Count);
    }

    // Storage is asked for 10 s what became of the commit: on a busy machine the clock must not run past them before the request has had its turn.
    private static async Task<bool> IsOverSoonAsync(Task posting)
    {
        try
        {
            await posting.WaitAsync(TimeSpan.FromMilliseconds(20));
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }

    [Fact]
    public async Task Preview_OfWhatWasAcceptedToday_Warns()
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:OptOutPhrases", "")]);
        Assert.Null(await WarningsAsync(app, Eleven));
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Eleven });
        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven[..2] });

        Assert.Equal($"was accepted for the same list at 2026-03-10T12:00:00Z, as broadcast {id}. Set confirmRepeat to true to send it once more", Assert.Single((await WarningsAsync(app, Eleven))!).Text);
        Assert.DoesNotContain("confirmRepeat", Assert.Single((await WarningsAsync(app, Eleven[..2]))!).Text, StringComparison.Ordinal);
        Assert.Null(await WarningsAsync(app, Eleven[..3]));
        app.Clock.Advance(RecentTexts.KeptFor);
        Assert.Null(await WarningsAsync(app, Eleven));
    }

    [Fact]
    public async Task Erase_Broadcast_ForgetsItsTextUnlessALaterOneHasIt()
    {
        await using var app = await VirtualApp.StartAsync([new("Retention:EraseAfter", "00:00:00")]);
        var first = await CompletedAsync(app, Eleven);
        var key = (await app.Service<BroadcastStore>().FindAsync(first, default))!.TextKey!;
        var other = await CompletedAsync(app, Eleven[..2]);
        var second = await CompletedAsync(app, Eleven[..2]);
        var kept = (await app.Service<BroadcastStore>().FindAsync(second, default))!.TextKey!;

        foreach (var id in new[] { first, other })
        {
            using var erased = await app.Http.DeleteAsync($"{Route}/{id}");
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        }

        Assert.Null(await app.Service<RecentTexts>().FindAsync(key, default));
        Assert.Equal(second, (await app.Service<RecentTexts>().FindAsync(kept, default))!.BroadcastId);
    }

    [Fact]
    public async Task Purge_TextsOfMoreThanADayAgo_AreForgotten()
    {
        await using var app = await VirtualApp.StartAsync();
        await app.BroadcastAsync(new { message = "Hello", recipients = Eleven[..1] });
        app.Clock.Advance(TimeSpan.FromHours(12));
        var later = await app.BroadcastAsync(new { message = "Hello", recipients = Eleven[..2] });
        app.Clock.Advance(TimeSpan.FromHours(12.5));

        var found = await app.Service<RecentTexts>().ForgetBeforeAsync(app.Clock.GetUtcNow() - RecentTexts.KeptFor, 1000, default);

        Assert.Equal(1, found);
        Assert.Equal(0, await app.Service<RecentTexts>().ForgetBeforeAsync(app.Clock.GetUtcNow() - RecentTexts.KeptFor, 1000, default));
        Assert.NotNull(await FindAsync(app, later));
    }

    private static async Task<RecentText?> FindAsync(VirtualApp app, string id) =>
        await app.Service<RecentTexts>().FindAsync((await app.Service<BroadcastStore>().FindAsync(id, default))!.TextKey!, default);

    private static async Task<string> CompletedAsync(VirtualApp app, string[] recipients)
    {
        var id = await app.BroadcastAsync(new { message = "Hello", recipients });
        await app.RunAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30), async () => (await app.GetAsync(id)).Status == "completed");
        return id;
    }

    private static async Task<IReadOnlyList<BulkSms.Lists.ListWarning>?> WarningsAsync(VirtualApp app, string[] recipients)
    {
        using var response = await app.Http.PostAsJsonAsync(Route + "/preview", new { message = "Hello", recipients });
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!.Warnings;
    }

    private static async Task<HttpResponseMessage> PostAsync(VirtualApp app, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add(IdempotencyKey.Header, key);
        }

        return await app.Http.SendAsync(request);
    }
}
