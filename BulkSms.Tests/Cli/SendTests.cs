using BulkSms.Broadcasts;
using BulkSms.Cli;
using BulkSms.Client;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

/// <summary>Nothing is sent that was not shown and confirmed.</summary>
public sealed class SendTests(MemoryFixture memory)
{
    private const string Two = "name,phone\nAda,+15551230001\nBob,+15551230002\nAda,+15551230001\n";
    private static readonly string[] Message = ["--message", "Hello {{name}}"];

    [Fact]
    public async Task Send_Preview_ShowsWhatItWouldBe()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Limits:MonthlyBudget", "0.01")], pumping: false);
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", "name,phone\nAda,+12015550123\nBob,+12015550124\nAda,+12015550123\n");

        var shown = (await cli.ScriptAsync(["send", list, .. Message, "--preview"])).Ended(ExitCodes.Done);
        var json = (await cli.ScriptAsync(["send", list, .. Message, "--preview", "--json"])).Ended(ExitCodes.Done).Json;

        Assert.Contains("2 recipients · 1 duplicate removed", shown.Output, StringComparison.Ordinal);
        Assert.Contains("0.0158 USD", shown.Output, StringComparison.Ordinal);
        Assert.Contains("0.01 USD of this month's 0.01 USD: too little", shown.Output, StringComparison.Ordinal);
        Assert.Contains("+12015550123: Hello Ada", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, json.GetProperty("recipientsCount").GetInt32());
        Assert.Empty(await BroadcastsAsync(app));
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    [InlineData("yeah")]
    public async Task Send_NotAnsweredWithYes_SendsNothing(string answer)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);

        var ran = (await cli.TypeAsync([answer], ["send", cli.File("list.csv", Two), .. Message])).Ended(ExitCodes.NotConfirmed);

        Assert.Contains("Send 2 texts? [y/N]", ran.Notes, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", ran.Notes, StringComparison.Ordinal);
        Assert.Empty(await BroadcastsAsync(app));
    }

    [Fact]
    public async Task Send_AnsweredWithYes_IsFollowedToItsEnd()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);

        var ran = (await cli.TypeAsync(["y"], ["send", cli.File("list.csv", Two), .. Message])).Ended(ExitCodes.Done);

        Assert.Contains("100%", ran.Notes, StringComparison.Ordinal);
        Assert.Contains("2 delivered", ran.Output, StringComparison.Ordinal);
        Assert.Equal(["Hello Ada", "Hello Bob"], app.Twilio.Messages.All.Select(each => each.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_WithoutATerminal_NeedsYes()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", Two);

        var refused = (await cli.ScriptAsync(["send", list, .. Message])).Ended(ExitCodes.NotConfirmed);
        var test = (await cli.ScriptAsync(["send", list, .. Message, "--test", "+15551230009"])).Ended(ExitCodes.NotConfirmed);
        Assert.Empty(await BroadcastsAsync(app));
        var sent = (await cli.ScriptAsync(["send", list, .. Message, "--yes", "--json"])).Ended(ExitCodes.Done);

        Assert.All([refused, test], each => Assert.Contains("--yes", each.Notes, StringComparison.Ordinal));
        Assert.Equal("completed", sent.Json.GetProperty("status").GetString());
        Assert.Equal(2, sent.Json.GetProperty("counts").GetProperty("delivered").GetInt32());
        Assert.Equal(2, app.Twilio.Messages.Accepted);
    }

    [Fact]
    public async Task Send_Test_TextsTheNamedNumbersOnly()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);

        var ran = (await cli.TypeAsync([], ["send", cli.File("list.csv", Two), .. Message, "--test", "+15551230008", "--test", "+15551230009", "--row", "3"])).Ended(ExitCodes.Done);

        Assert.Equal(2, ran.Output.Split("Hello Bob").Length - 1);
        await Eventually.TrueAsync(() => app.Twilio.Messages.Accepted == 2);
        Assert.Equal(["+15551230008", "+15551230009"], app.Twilio.Messages.All.Select(each => each.To).Order(StringComparer.Ordinal));
        Assert.Empty(await BroadcastsAsync(app));
    }

    [Fact]
    public async Task Send_AListThatChangesAfterTheCheck_SendsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", Two);
        cli.Transport = () => new After("/preview", () => File.AppendAllText(list, "Eve,+15551230003\n"));

        var ran = (await cli.TypeAsync(["y"], ["send", list, .. Message])).Ended(ExitCodes.Refused);

        Assert.Contains("has changed since it was checked", ran.Notes, StringComparison.Ordinal);
        Assert.Empty(await BroadcastsAsync(app));
    }

    [Fact]
    public async Task Send_InterruptedWhileWaiting_GoesOn()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        using var stop = new CancellationTokenSource();
        cli.Transport = () => new After("/api/v1/broadcasts/fe", stop.Cancel); // asked after for the first time

        var ran = (await cli.RunAsync(null, "", stop.Token, ["send", cli.File("list.csv", Two), .. Message, "--yes"])).Ended(ExitCodes.Interrupted);

        Assert.Contains("The broadcast goes on", ran.Notes, StringComparison.Ordinal);
        Assert.Equal("sending", Assert.Single(await BroadcastsAsync(app)).Status);
    }

    [Fact]
    public async Task Send_WithoutAnAnswer_TellsTheKeyAndIsSentOnceUnderIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", Two);
        cli.Transport = () => new After("/api/v1/broadcasts", () => throw new HttpRequestException("The connection was reset."), wholePath: true);

        var lost = (await cli.ScriptAsync(["send", list, .. Message, "--yes"])).Ended(ExitCodes.TryLater);
        var key = lost.Notes.Split("--key ")[1].Split(':')[0];
        cli.Transport = () => new ContractHandler();
        var again = (await cli.ScriptAsync(["send", list, .. Message, "--yes", "--key", key])).Ended(ExitCodes.Done);

        Assert.Contains("accepted before under this key", again.Notes, StringComparison.Ordinal);
        Assert.Single(await BroadcastsAsync(app));
        Assert.Equal(1, app.Twilio.Messages.MaxAcceptedPerNumber);
    }

    [Fact]
    public async Task Send_FromStandardInput_WithATextFromAFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);

        (await cli.PipeAsync("phone\n+15551230001\n", "send", "-", "--message-file", cli.File("text.txt", "Line one\r\nLine two\r\n"), "--yes")).Ended(ExitCodes.Done);

        Assert.Equal("Line one\nLine two", Assert.Single(app.Twilio.Messages.All).Body);
    }

    [Fact]
    public async Task Send_MediaWithoutAText_SendsAnMms()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);

        var shown = (await cli.ScriptAsync("send", cli.File("list.csv", Two), "--media", "https://example.com/map.png", "--preview")).Ended(ExitCodes.Done);
        var sent = (await cli.ScriptAsync("send", cli.File("list.csv", Two), "--media", "https://example.com/map.png", "--shorten-urls", "--yes")).Ended(ExitCodes.Done);

        Assert.Contains("not known, because of mediaUrls", shown.Output, StringComparison.Ordinal);
        Assert.Contains("none so far", sent.Output, StringComparison.Ordinal);
        Assert.All(app.Twilio.Messages.All, message => Assert.Equal(("https://example.com/map.png", true), (Assert.Single(message.MediaUrls), message.ShortenUrls)));
    }

    [Fact]
    public async Task Send_ScheduledForLater_IsNotWaitedFor()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var due = TimeProvider.System.GetUtcNow().AddHours(2);
        var (at, night) = (due.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), FormattableString.Invariant($"{due.AddHours(8):HH:mm}-{due.AddHours(12):HH:mm} Etc/UTC")); // at any hour it is not quiet while it is sent

        var ran = (await cli.ScriptAsync(["send", cli.File("list.csv", Two), .. Message, "--yes", "--at", at, "--over", "PT3H", "--quiet-hours", night])).Ended(ExitCodes.Done);

        var broadcast = Assert.Single(await BroadcastsAsync(app));
        Assert.Equal("scheduled", broadcast.Status);
        Assert.Equal(TimeSpan.FromHours(3), (await app.Service<BroadcastStore>().FindAsync(broadcast.BroadcastId, default))!.SendOver);
        Assert.Contains($"bulksms status {broadcast.BroadcastId}", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AListWithErrors_NamesTheirLines()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", "phone\n+15551230001\n555-0123\n");

        var ran = (await cli.ScriptAsync("send", list, "--message", "Hello", "--yes", "--json")).Ended(ExitCodes.Refused);
        var skipped = (await cli.ScriptAsync("send", list, "--message", "Hello", "--yes", "--no-wait", "--skip-invalid", "--json")).Ended(ExitCodes.Done);

        Assert.Contains("line 3: ", ran.Notes, StringComparison.Ordinal);
        Assert.Equal("urn:bulksms:problem:invalid-request", ran.Json.GetProperty("type").GetString());
        Assert.Equal(1, skipped.Json.GetProperty("invalid").GetInt32());
    }

    [Theory]
    [InlineData("send", "list.csv")]
    [InlineData("send", "list.csv", "--message", "Hello", "--message-file", "text.txt")]
    [InlineData("send", "list.csv", "--message", "Hello", "--preview", "--test", "+15551230001")]
    [InlineData("send", "list.csv", "--message", "Hello", "--at", "2030-01-07 09:00")]
    [InlineData("send", "list.csv", "--message", "Hello", "--at", "2030-01-07T09:00:00")]
    [InlineData("send", "list.csv", "--message", "Hello", "--over", "3 hours")]
    [InlineData("send", "list.csv", "--message", "Hello", "--over", "P1M")]
    [InlineData("send", "list.csv", "--message", "Hello", "--quiet-hours", "late")]
    [InlineData("send", "list.csv", "--message", "Hello", "--hidden-rows", "maybe")]
    [InlineData("send", "list.csv", "--message", "Hello", "--on-duplicate", "maybe")]
    [InlineData("send", "list.csv", "--message", "Hello", "--key-of-mine", "x")]
    [InlineData("send", "-", "--message", "Hello")]
    [InlineData("send", "missing.csv", "--message", "Hello")]
    [InlineData("sendd", "list.csv")]
    [InlineData("retry")]
    [InlineData("list", "--most", "-1")]
    public async Task Command_WrittenWrongly_SaysSoAndCallsNothing(params string[] args)
    {
        using var cli = new CliRun { ["BULKSMS_URL"] = "https://bulksms.invalid", ["BULKSMS_KEY"] = "key" };
        cli.Transport = () => new After("", () => Assert.Fail("It called."));

        var ran = await cli.TypeAsync([], args);

        Assert.Equal((ExitCodes.Usage, true), (ran.Code, ran.Notes.Trim().Length > 0));
    }

    [Fact]
    public async Task Text_WithControlCharacters_IsShownWithoutThem()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);
        await app.BroadcastJsonAsync("""{"message": "Hello\nyou\t\u202Eolleh [red]x[/]", "recipients": ["+15551230001"]}""");

        var ran = (await cli.ScriptAsync("list")).Ended(ExitCodes.Done);

        Assert.Contains("Hello↵you \uFFFDolleh [red]x[/]", ran.Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(string BroadcastId, string Status)>> BroadcastsAsync(TestApp app)
    {
        using var client = new BulkSmsClient(app.Url, TestApp.Key);
        return await client.Broadcasts.ListAsync().Select(async (BulkSms.Client.Models.BroadcastSummary each, CancellationToken _) => (each.BroadcastId!, (await app.GetAsync(each.BroadcastId!)).Status)).ToArrayAsync();
    }
}
