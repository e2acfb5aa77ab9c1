using BulkSms.Doctor;
using BulkSms.Health;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class DiagnosisTests
{
    [Fact]
    public void Lines_OfWhatIsWell_AreAllInOrder()
    {
        Assert.All(Diagnosis.Of(SomeFacts.Well), line => Assert.Equal((line.Id, "ok", null), (line.Id, line.Status, line.Action)));
        Assert.Equal("ok", DoctorView.Of(SomeFacts.Now, Diagnosis.Of(SomeFacts.Well)).Status);
    }

    [Fact]
    public void Lines_AreThoseOfTheDocument() => Assert.Equal(
        ApiContract.Document["components"]!["schemas"]!["DoctorLine"]!["properties"]!["id"]!["enum"]!.AsArray().Select(id => id!.GetValue<string>()),
        Diagnosis.Of(SomeFacts.Well).Select(line => line.Id));

    [Fact]
    public void Lines_All_AreInTheRunbookAndInTheConsole()
    {
        var words = DocumentFiles.Read("console/src/text/words.ts");
        Assert.All(Diagnosis.Of(SomeFacts.Well), line => Assert.Contains($"| `{line.Id}` |", DocumentFiles.Read("docs/operations.md"), StringComparison.Ordinal));
        Assert.All(Diagnosis.Of(SomeFacts.Well), line => Assert.Contains($" {line.Id}: \"", words, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_OfWhatCouldNotBeAsked_AreUnknownAndTheOthersStand()
    {
        var lines = Diagnosis.Of(NothingKnown("Twilio did not answer in time."));

        Assert.Equal(22, lines.Count);
        Assert.Equal(["version"], lines.Where(line => line.Status != "unknown").Select(line => line.Id));
        Assert.All(lines.Where(line => line.Status == "unknown"), line => Assert.Equal("Twilio did not answer in time.", line.Found));
        Assert.Equal("unknown", DoctorView.Of(SomeFacts.Now, lines).Status);
    }

    [Fact]
    public void Lines_ThatWarnOrFail_SayWhatToDo()
    {
        var bad = SomeFacts.Well with
        {
            Account = Asked.Known<AccountFact>(new("suspended", "Full", IsSubaccount: false, null)),
            Balance = Asked.Known<BalanceFact>(new(0, "USD")),
            Service = Asked.Known<ServiceFact>(new(null, "GET", "https://other.example/", UsesWebhookOfNumber: true, SmartEncoding: true, StickySender: false, TimeSpan.FromSeconds(60), false)),
            Links = Asked.Known<LinksFact>(new(HasDomain: true, null)),
            Senders = SomeFacts.Senders(SomeFacts.LocalUs, SomeFacts.LocalUs with { SendsTexts = false }),
            Campaigns = SomeFacts.Campaigns(),
            Permissions = SomeFacts.Permissions(),
            Storage = SomeFacts.Storage(new HealthCheckView("tables", "down", 1500)),
        };

        var lines = Diagnosis.Of(bad).Where(line => line.Status is "warning" or "failure").ToArray();
        Assert.InRange(lines.Length, 14, 22);
        Assert.All(lines, line => Assert.True(line is { Action.Length: > 10, Found.Length: > 3, Why.Length: > 20 }, line.Id));
    }

    [Theory]
    [InlineData("failure", "ok", "unknown", "warning", "failure")]
    [InlineData("warning", "ok", "unknown", "warning")]
    [InlineData("unknown", "ok", "unknown")]
    [InlineData("ok", "ok")]
    public void Status_IsTheWorstOfTheLines(string expected, params string[] lines) =>
        Assert.Equal(expected, DoctorView.Of(SomeFacts.Now, [.. lines.Select(status => new DoctorLine("x", status, "", "", null))]).Status);

    private static DoctorFacts NothingKnown(string why) => SomeFacts.Well with
    {
        Account = Asked.Unknown<AccountFact>(why),
        Balance = Asked.Unknown<BalanceFact>(why),
        Service = Asked.Unknown<ServiceFact>(why),
        Links = Asked.Unknown<LinksFact>(why),
        Senders = Asked.Unknown<IReadOnlyList<SenderFact>>(why),
        Campaigns = Asked.Unknown<IReadOnlyList<CampaignFact>>(why),
        Brands = Asked.Unknown<IReadOnlyList<BrandFact>>(why),
        TollFree = Asked.Unknown<IReadOnlyList<TollFreeFact>>(why),
        Permissions = Asked.Unknown<PermissionFact>(why),
        Alerts = Asked.Unknown<IReadOnlyList<WebhookAlert>>(why),
        Storage = Asked.Unknown<IReadOnlyList<HealthCheckView>>(why),
        AuthToken = Asked.Unknown<SecretFact>(why),
    };
}
