using BulkSms.OptOuts;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

public sealed class DoctorTests(MemoryFixture memory)
{
    [Fact]
    public async Task Doctor_EndsWithOne_OnlyWhenALineFails()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Account.InboundRequestUrl = OptOutWebhook.UrlAt(app.Url);
        app.Twilio.Account.RefusedCountries.Add("IN");
        using var cli = new CliRun(app);

        var well = (await cli.ScriptAsync("doctor", "--countries", "US, GB")).Ended(0);
        var bad = (await cli.ScriptAsync("doctor", "--countries", "US,IN")).Ended(1);
        var json = (await cli.ScriptAsync("doctor", "--countries", "IN", "--json")).Ended(1);

        Assert.Contains("The account may text US, GB.", well.Output, StringComparison.Ordinal);
        Assert.Contains("The account may not text IN.", bad.Output, StringComparison.Ordinal);
        Assert.Contains("geoPermissions: Switch them on in Twilio's console", bad.Output + bad.Notes, StringComparison.Ordinal);
        Assert.Equal("failure", json.Json.GetProperty("status").GetString());
    }
}
