using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Cli;

public sealed class PricesTests(MemoryFixture memory)
{
    [Fact]
    public async Task Prices_Imported_AreShownAndTold()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var cli = new CliRun(app);

        var imported = (await cli.ScriptAsync("prices", "import", "--countries", "DE, FO")).Ended(0);
        var shown = (await cli.ScriptAsync("prices", "--json")).Ended(0);

        Assert.Contains("0.0081 USD to 0.0083 USD", imported.Output, StringComparison.Ordinal);
        Assert.Contains("Twilio lists no price for FO.", imported.Output + imported.Notes, StringComparison.Ordinal);
        Assert.Equal(4, shown.Json.GetProperty("prices").GetArrayLength());
    }
}
