using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The list of broadcasts, filtered.</summary>
public sealed class ListBroadcastsTests
{
    private const string Ada = "+15551230001";

    [Theory]
    [InlineData("", "closed Monday", "CLOSED Tuesday", "open Wednesday", "open Thursday")]
    [InlineData("text=closed", "closed Monday", "CLOSED Tuesday")]
    [InlineData("status=scheduled", "open Thursday")]
    [InlineData("status=scheduled,paused", "open Wednesday", "open Thursday")]
    [InlineData("status=waiting&text=open", "open Wednesday", "open Thursday")]
    [InlineData("status=final")]
    [InlineData("createdFrom=2026-03-10T13:00:00Z", "CLOSED Tuesday", "open Wednesday", "open Thursday")]
    [InlineData("createdFrom=2026-03-10T13:00:00.001Z", "open Wednesday", "open Thursday")]
    [InlineData("createdBefore=2026-03-10T15:00:00%2B01:00", "closed Monday", "CLOSED Tuesday")]
    [InlineData("createdFrom=2026-03-10T13:00:00Z&createdBefore=2026-03-10T14:00:00Z&status=waiting&text=closed", "CLOSED Tuesday")]
    [InlineData("createdFrom=0001-01-01T00:00:00Z&createdBefore=9999-12-31T23:59:59Z", "closed Monday", "CLOSED Tuesday", "open Wednesday", "open Thursday")]
    [InlineData("createdBefore=0001-01-01T00:00:00Z")]
    public async Task List_Filtered_ShowsThese(string query, params string[] messages)
    {
        await using var app = await VirtualApp.StartAsync();
        await FillAsync(app);

        var page = await app.Http.GetFromJsonAsync($"/api/v1/broadcasts?{query}", ApiJson.Default.BroadcastPage);

        Assert.Equal(messages.Reverse(), page!.Broadcasts.Select(each => each.Message));
        Assert.Null(page.Next);
    }

    // A page of one after the other, whatever the filter passes over between them.
    [Theory]
    [InlineData("text=open")]
    [InlineData("status=preparing,sending,scheduled")]
    [InlineData("createdFrom=2026-03-10T13:00:00Z")]
    public async Task List_PageByPage_ShowsEachOnce(string query)
    {
        await using var app = await VirtualApp.StartAsync();
        await FillAsync(app);
        var whole = (await app.Http.GetFromJsonAsync($"/api/v1/broadcasts?{query}", ApiJson.Default.BroadcastPage))!.Broadcasts.Select(each => each.BroadcastId);

        var (pages, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await app.Http.GetFromJsonAsync($"/api/v1/broadcasts?{query}&limit=1{(cursor is null ? "" : $"&cursor={cursor}")}", ApiJson.Default.BroadcastPage);
            pages.AddRange(page!.Broadcasts.Select(each => each.BroadcastId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(whole, pages);
    }

    // The repeat of a request adopts the id that the first one took, a day before perhaps: the id is older than its broadcast.
    [Fact]
    public void Range_OfTimes_HoldsIdsThatWereAdopted()
    {
        var at = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        var (after, before) = new BroadcastFilter(null, null, at, at.AddHours(1)).Range(TimeSpan.FromHours(24));

        Assert.All([at.AddHours(-24), at, at.AddHours(1).AddMilliseconds(-1)], time => Assert.InRange(string.CompareOrdinal(after, BroadcastId.New(time)) * string.CompareOrdinal(BroadcastId.New(time), before), 1, int.MaxValue));
        Assert.All([at.AddHours(-25)], time => Assert.True(string.CompareOrdinal(BroadcastId.New(time), before) > 0));
        Assert.All([at.AddHours(2)], time => Assert.True(string.CompareOrdinal(BroadcastId.New(time), after) < 0));
    }

    [Theory]
    [InlineData("status=Sending", "status")]
    [InlineData("status=delivered", "status")]
    [InlineData("status=sending,", "status")]
    [InlineData("text=%2B15551230001", "text")]
    [InlineData("text=555-1234", "text")]
    [InlineData("createdFrom=2026-03-10", "createdFrom")]
    [InlineData("createdBefore=", "createdBefore")]
    [InlineData("cursor=x", "cursor")]
    public async Task List_FilterThatCannotBeRead_Is400(string query, string name)
    {
        await using var app = await VirtualApp.StartAsync();

        using var refused = await app.Http.GetAsync($"/api/v1/broadcasts?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([name], (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors!.Keys);
    }

    // An hour between each of them, from noon on.
    private static async Task FillAsync(VirtualApp app)
    {
        foreach (var message in new[] { "closed Monday", "CLOSED Tuesday", "open Wednesday" })
        {
            await PostAsync(app, new { message, recipients = new[] { Ada } });
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        await PostAsync(app, new { message = "open Thursday", recipients = new[] { Ada }, sendAt = app.Clock.GetUtcNow().AddDays(1) });
        var wednesday = (await app.Http.GetFromJsonAsync("/api/v1/broadcasts?text=wednesday", ApiJson.Default.BroadcastPage))!.Broadcasts.Single();
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{wednesday.BroadcastId}/pause", null);
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
    }

    private static async Task PostAsync(VirtualApp app, object body)
    {
        using var accepted = await app.Http.PostAsJsonAsync("/api/v1/broadcasts", body);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }
}
