using System.Net;
using System.Net.Http.Json;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BulkSms.Chaos.Storage;
using BulkSms.Replies;
using BulkSms.Retention;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Texts from phones that ask for nothing: kept for a while, listed newest first.</summary>
public sealed class ReplyTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task Reply_IsListedNewestFirst_PageByPage()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(200, await TextAsync(app, i == 2 ? Bob : Ada, $"Thank you {i}"));
        }

        var first = await ListAsync(app, "?limit=2");
        var second = await ListAsync(app, $"?limit=2&cursor={first.Next}");

        Assert.Equal([(Ada, "Thank you 3"), (Bob, "Thank you 2")], first.Replies.Select(reply => (reply.From, reply.Text)));
        Assert.Equal([(Ada, "Thank you 1")], second.Replies.Select(reply => (reply.From, reply.Text)));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("Stop texting me, please")]
    [InlineData("START")]
    [InlineData("I asked you to stop last week")] // a person decides
    public async Task Text_ThatConcernsOptOuts_IsNoReply(string body)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        Assert.Equal(200, await TextAsync(app, Ada, body));

        Assert.Empty((await ListAsync(app)).Replies);
    }

    [Fact]
    public async Task Reply_ThatComesTwice_IsKeptOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await TextAsync(app, Ada, "Thank you");
        var sid = Assert.Single((await ListAsync(app)).Replies).Sid;

        Assert.Equal(200, await app.Twilio.SendInboundAgainAsync(Webhook(app), sid));

        Assert.Single((await ListAsync(app)).Replies);
    }

    [Fact]
    public async Task Reply_VeryLong_IsCutBetweenCharacters()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        await TextAsync(app, Ada, new string('a', 1599) + "😀😀");

        Assert.Equal(new string('a', 1599), Assert.Single((await ListAsync(app)).Replies).Text);
    }

    [Theory]
    [InlineData("?cursor=%2B")]
    [InlineData("?cursor=cy0x")]
    [InlineData("?limit=0")]
    [InlineData("?from=1")]
    public async Task List_WithAWrongQuery_Is400(string query)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.GetAsync("/api/v1/replies" + query, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Replies_NotToBeKept_AreNot()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Replies:Days", "0")], pumping: false);

        Assert.Equal(200, await TextAsync(app, Ada, "Thank you"));

        Assert.Empty(app.Table(TableNames.Replies).Query<TableEntity>());
    }

    [Fact]
    public async Task Reply_TooOld_IsNotListed_AndIsDeleted()
    {
        await using var app = await VirtualApp.StartAsync([new("Replies:Days", "30")]);
        var table = app.Service<ReplyTable>();
        await table.KeepAsync(new("SM0123456789abcdef0123456789abcdef", Ada, app.Clock.GetUtcNow(), "Thank you", 0), default);

        app.Clock.Advance(TimeSpan.FromDays(29));
        await app.Service<PurgeOld>().RunAsync(default);
        var before = await table.NewestAsync(null, default).CountAsync();
        app.Clock.Advance(TimeSpan.FromDays(2));
        var after = await table.NewestAsync(null, default).CountAsync();
        await app.Service<PurgeOld>().RunAsync(default);

        Assert.Equal((1, 0), (before, after));
        Assert.Empty(await app.Service<TableServiceClient>().GetTableClient(TableNames.Replies).QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task Reply_ThatStorageDoesNotTake_IsRefusedSoThatTwilioRepeatsIt()
    {
        var faults = new FaultyTransport(new HttpClientTransport());
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => builder.Services.AddSingleton<HttpPipelineTransport>(faults));
        faults.Decide = _ => StorageFaultKind.CutBefore;

        Assert.Equal(503, await TextAsync(app, Ada, "Thank you"));
    }

    private static async Task<ReplyPage> ListAsync(TestApp app, string query = "") =>
        (await app.Http.GetFromJsonAsync("/api/v1/replies" + query, ApiJson.Default.ReplyPage, TestContext.Current.CancellationToken))!;

    private static Uri Webhook(TestApp app) => new(app.Url, "/api/webhooks/optout");

    private static Task<int?> TextAsync(TestApp app, string from, string body) => app.Twilio.SendInboundAsync(Webhook(app), from, body);
}
