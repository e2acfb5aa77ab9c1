using System.Net;
using System.Net.Http.Json;
using BulkSms.Estimates;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Prices as Twilio lists them, and what estimates make of them.</summary>
public sealed class PriceTests(MemoryFixture memory)
{
    private const string Path = "/api/v1/prices";

    [Fact]
    public async Task Import_OfCountries_IsWhatEstimatesGoBy()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Prices:GB", "0.06")], pumping: false);
        app.Twilio.Account.Prices["DE"] = ["0.0725", "0", "0.1125", "0.09"]; // where Twilio has no price it says 0
        app.Twilio.Account.Prices["FR"] = ["0"];

        var before = await PreviewAsync(app);
        var imported = await ReadAsync(await ImportAsync(app, "DE", "gb", "US", "FR", "FO"));
        var listed = await app.Http.GetFromJsonAsync(Path, ApiJson.Default.PricesView);
        var after = await PreviewAsync(app);

        Assert.Equal(["DE"], before.Cost.UnknownCountries);
        Assert.Null(before.Cost.PricesAsOf);
        Assert.Equal([("DE", 0.1125m, "imported"), ("GB", 0.06m, "configured"), ("US", 0.0083m, "imported")], imported.Prices.Select(price => (price.Country, price.PricePerSegment, price.Source)));
        Assert.Equal((0.1125m, 0.0725m), (imported.Prices[0].Imported!.Highest, imported.Prices[0].Imported!.Lowest));
        Assert.Equal(0.0083m, imported.Prices[1].Imported!.Highest); // known, and not used
        Assert.Equal(["FR", "FO"], imported.NotListed);
        Assert.Equal(["DE", "GB", "IN", "US"], listed!.Prices.Select(price => price.Country));
        Assert.Equal(0.1725m, after.Cost.Total);
        Assert.Equal(imported.Prices[0].Imported!.At, after.Cost.PricesAsOf);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Import_ThatCannotBe_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        (await ImportAsync(app, "US")).Dispose();
        var before = await app.Http.GetStringAsync(Path);

        app.Twilio.Account.PriceUnit = "eur";
        await RefusedAsync(app, HttpStatusCode.Conflict, "prices-in-other-currency", "this account's prices are in EUR", "US", "DE");
        app.Twilio.Account.PriceUnit = "usd";
        app.Twilio.Account.Faults["Pricing"] = Fault.Error500;
        await RefusedAsync(app, HttpStatusCode.ServiceUnavailable, "twilio-unavailable", "Twilio answered with status 500.", "US");
        app.Twilio.Account.Prices["US"] = ["a lot"];
        app.Twilio.Account.Faults.Clear();
        await RefusedAsync(app, HttpStatusCode.ServiceUnavailable, "twilio-unavailable", "Twilio's answer could not be read.", "US");
        await RefusedAsync(app, HttpStatusCode.BadRequest, "invalid-request", "$.countries[1]", "US", "Germany");
        await RefusedAsync(app, HttpStatusCode.BadRequest, "invalid-request", "$.countries");

        Assert.Equal(before, await app.Http.GetStringAsync(Path));
        app.Twilio.Account.Prices.Clear();
        var again = await ReadAsync(await app.Http.PostAsJsonAsync($"{Path}/import", new { })); // those that have a price
        Assert.Equal(["GB", "IN", "US"], again.Prices.Select(price => price.Country));
    }

    private static Task<HttpResponseMessage> ImportAsync(TestApp app, params string[] countries) => app.Http.PostAsJsonAsync($"{Path}/import", new { countries });

    private static async Task RefusedAsync(TestApp app, HttpStatusCode status, string type, string says, params string[] countries)
    {
        using var answer = await ImportAsync(app, countries);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"urn:bulksms:problem:{type}", text, StringComparison.Ordinal);
        Assert.Contains(says, text, StringComparison.Ordinal);
    }

    private static async Task<PricesView> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PricesView))!;
        }
    }

    private static async Task<PreviewView> PreviewAsync(TestApp app)
    {
        using var answer = await app.Http.PostAsJsonAsync("/api/v1/broadcasts/preview", new { message = "Hello", recipients = new[] { "+4915123456789", "+447400123456" } });
        return (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;
    }
}
