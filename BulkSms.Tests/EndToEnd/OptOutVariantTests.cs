using System.Net;
using System.Net.Http.Json;
using System.Text;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A phone that has several numbers, and senders that are no numbers.</summary>
public sealed class OptOutVariantTests(MemoryFixture memory)
{
    [Theory]
    [InlineData("+5491112345678", "+541112345678", "+541112345678")]
    [InlineData("+551187654321", "+5511987654321", "+551187654321")]
    [InlineData("+5215512345678", "+52 1 55 1234 5678", "+525512345678")]
    public async Task Stop_FromOneNumberOfAPhone_StopsTheOthersEverywhere(string from, string written, string sent)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var waiting = await app.BroadcastAsync("Hello", written, TestApp.Numbers(1)[0]);
        var to = (await app.RecipientsAsync(waiting.BroadcastId)).Single(row => row.To.StartsWith("+5", StringComparison.Ordinal)).To;

        Assert.Equal(200, await app.Twilio.SendInboundAsync(new Uri(app.Url, "/api/webhooks/optout"), from, "STOP"));
        var accepted = await app.BroadcastAsync("Hello", sent);
        using var looked = await app.LookUpOptOutAsync(to);
        var found = await looked.Content.ReadFromJsonAsync(ApiJson.Default.OptOut);
        var repeat = await app.Http.PostAsync("/api/v1/optouts", JsonContent.Create(new { phones = new[] { to, from } }));
        var import = await repeat.Content.ReadFromJsonAsync(ApiJson.Default.ImportView);
        using var removed = await app.RemoveOptOutAsync(sent);
        var after = await app.BroadcastAsync("Hello", written);

        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(waiting.BroadcastId, to)).Status);
        Assert.Equal((0, 1), (accepted.RecipientsCount, accepted.OptedOut));
        Assert.Equal(OptOutSource.Text, found!.Source);
        Assert.Equal(new ImportView(0, 1, 1, 0), import);
        Assert.Equal((HttpStatusCode.NoContent, 1), (removed.StatusCode, after.RecipientsCount));
    }

    [Fact]
    public async Task Import_ManyByVariants_StopsWhatWaitsForAnyOfTheirNumbers()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        string[] written = [.. Enumerable.Range(0, 30).Select(i => $"+54111234{5600 + i}")];
        var waiting = await app.BroadcastAsync("Hello", written);

        using var response = await app.Http.PostAsync(
            "/api/v1/optouts", JsonContent.Create(new { defaultRegion = "ar", phones = written.Select(number => $"011 15 {number[^8..]}") }));

        Assert.Equal(new ImportView(30, 0, 0, 30), await response.Content.ReadFromJsonAsync(ApiJson.Default.ImportView));
        Assert.Equal(30, (await app.GetAsync(waiting.BroadcastId)).Counts[RecipientStatus.OptedOut]);
    }

    [Theory]
    [InlineData("application/json", """{"phones": ["0170 1234567"], "defaultRegion": "XX"}""", "", "$.defaultRegion")]
    [InlineData("application/json", """{"phones": ["0170 1234567"], "defaultRegion": null}""", "", "$.defaultRegion")]
    [InlineData("application/json", """{"phones": ["491701234567"], "defaultRegion": "DE"}""", "", "$.phones[0]")]
    [InlineData("text/csv", "phone\n0170 1234567\n", "?defaultRegion=XX", "defaultRegion")]
    [InlineData("text/csv", "phone\n0170 1234567\n", "", "line 2")]
    public async Task Import_NumberThatCannotBeRead_Is400AtItsPlace(string type, string body, string query, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync($"/api/v1/optouts{query}", new StringContent(body, Encoding.UTF8, type));
        var problem = await response.Content.ReadFromJsonAsync(ProblemDocument.Json);

        Assert.Equal([path], problem!.Errors!.Keys);
    }

    [Fact]
    public async Task Import_CsvWithARegion_ReadsNumbersAsWrittenThere()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync(
            "/api/v1/optouts?defaultRegion=uk", new StringContent("phone\n07400 123456\n+447400123456\n", Encoding.UTF8, "text/csv"));

        Assert.Equal(new ImportView(1, 0, 1, 0), await response.Content.ReadFromJsonAsync(ApiJson.Default.ImportView));
        Assert.NotNull(await app.Service<OptOutList>().FindAsync("+447400123456", default));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("TWILIO")]
    [InlineData("+999123456789")]
    [InlineData("00/4 7?#")]
    public async Task Stop_FromWhatIsNoNumber_IsKeptAsItCameAndTakenBackByTheSame(string from)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var webhook = new Uri(app.Url, "/api/webhooks/optout");

        Assert.Equal(200, await app.Twilio.SendInboundAsync(webhook, from, "STOP", "STOP"));
        var listed = (await app.GetJsonAsync("/api/v1/optouts", ApiJson.Default.OptOutPage))!.OptOuts;
        var isKnown = (await app.Service<OptOutCache>().ReadAsync()).Contains(from);
        var left = await Eventually.GetAsync(
            async () =>
            {
                Assert.Equal(200, await app.Twilio.SendInboundAsync(webhook, from, "START", "START"));
                return await app.Service<OptOutList>().FindAsync(from, default);
            },
            entry => entry is null); // in the second of the STOP, STOP wins

        Assert.Equal((from, OptOutSource.Text), (Assert.Single(listed).Phone, listed[0].Source));
        Assert.True(isKnown);
        Assert.Null(left);
        Assert.Contains("which is no phone number; it is kept as it came", app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(from, app.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a sender of more than a hundred characters, which does not exist: it cannot be told apart from a mistake or worse")]
    public async Task Stop_FromNoSender_Is200AndChangesNothing(string from)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        Assert.Equal(200, await app.Twilio.SendInboundAsync(new Uri(app.Url, "/api/webhooks/optout"), from, "STOP", "STOP"));

        Assert.Empty(app.Table(Storage.TableNames.OptOuts).Query<Azure.Data.Tables.TableEntity>());
    }

    [Fact]
    public async Task List_SendersThatAreNoNumbers_AreListedAfterTheNumbersPageByPage()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        foreach (var from in new[] { "BANK", "+15551230001", "12345" })
        {
            await app.Twilio.SendInboundAsync(new Uri(app.Url, "/api/webhooks/optout"), from, "STOP");
        }

        var all = new List<string>();
        var cursor = "";
        while (cursor is not null)
        {
            var page = (await app.GetJsonAsync($"/api/v1/optouts?limit=1&cursor={cursor}", ApiJson.Default.OptOutPage))!;
            all.AddRange(page.OptOuts.Select(optOut => optOut.Phone));
            cursor = page.Next;
        }

        Assert.Equal("+15551230001", all[0]);
        Assert.Equal(["+15551230001", "12345", "BANK"], all.Order(StringComparer.Ordinal));
        using var found = await app.LookUpOptOutAsync("sender:BANK");
        using var deleted = await app.RemoveOptOutAsync("sender:BANK");
        using var gone = await app.LookUpOptOutAsync("sender:BANK");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (found.StatusCode, deleted.StatusCode, gone.StatusCode));
    }
}
