using BulkSms.Cli;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

/// <summary>A content template in place of a text.</summary>
public sealed class ContentTemplateTests(MemoryFixture memory)
{
    private const string Sid = "HXb5b62575e6e4ff6129ad7c8efe1f983e";
    private static readonly string[] Template = ["--content-sid", Sid, "--content-variable", "1={{name}}", "--content-variable", "2=a=b"];

    [Fact]
    public async Task Send_ATemplate_GivesEachItsOwnVariables()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        using var cli = new CliRun(app);
        var list = cli.File("list.csv", "name,phone\nAda,+15551230001\nBob,+15551230002\n");

        var shown = (await cli.ScriptAsync(["send", list, .. Template, "--preview", "--row", "3"])).Ended(ExitCodes.Done);
        var sent = (await cli.ScriptAsync(["send", list, .. Template, "--yes", "--json"])).Ended(ExitCodes.Done);
        var status = (await cli.ScriptAsync("status", sent.Json.GetProperty("broadcastId").GetString()!)).Ended(ExitCodes.Done);
        var all = (await cli.ScriptAsync("list")).Ended(ExitCodes.Done);

        Assert.Contains("Twilio makes it from the content template: it is not known here, nor are its segments", shown.Output, StringComparison.Ordinal);
        Assert.Contains("not known, because of contentSid", shown.Output, StringComparison.Ordinal);
        Assert.Contains("1 = Bob, 2 = a=b", shown.Output, StringComparison.Ordinal);
        var messages = app.Twilio.Messages.All.ToDictionary(message => message.To, message => (message.ContentSid, message.ContentVariables));
        Assert.Equal((Sid, """{"1":"Ada","2":"a=b"}"""), messages["+15551230001"]);
        Assert.Equal((Sid, """{"1":"Bob","2":"a=b"}"""), messages["+15551230002"]);
        Assert.Contains($"that of the content template {Sid}, with 1 = {{{{name}}}}, 2 = a=b", status.Output, StringComparison.Ordinal);
        Assert.Contains("(content template)", all.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--content-sid", "HX12")]
    [InlineData("--content-sid", Sid, "--message", "Hello")]
    [InlineData("--content-sid", Sid, "--media", "https://example.com/map.png")]
    [InlineData("--content-sid", Sid, "--content-variable", "name")]
    [InlineData("--content-sid", Sid, "--content-variable", "1=a", "--content-variable", "1=b")]
    [InlineData("--message", "Hello", "--content-variable", "1=a")]
    public async Task Send_ATemplateThatIsWrittenWrongly_SaysSoAndCallsNothing(params string[] options)
    {
        using var cli = new CliRun { ["BULKSMS_URL"] = "https://bulksms.invalid", ["BULKSMS_KEY"] = "key" };
        cli.Transport = () => new After("", () => Assert.Fail("It called."));
        var list = cli.File("list.csv", "phone\n+15551230001\n");

        var ran = await cli.TypeAsync([], ["send", list, .. options]);

        Assert.Equal((ExitCodes.Usage, true), (ran.Code, ran.Notes.Contains("content", StringComparison.Ordinal)));
    }
}
