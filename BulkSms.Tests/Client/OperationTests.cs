using System.Globalization;
using BulkSms.Client;
using BulkSms.Client.Models;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Client;

/// <summary>The client has a call for each operation of the API's document, and each call is one of them.</summary>
public sealed class OperationTests
{
    private const string Id = "fe5df0da5652ca7009ea64198724";
    private static readonly NewBroadcast Hello = new() { Message = "Hello", Recipients = [new("+15551230001")] };

    /// <summary>Operations that are not for callers: Twilio's, and the document itself.</summary>
    private static readonly string[] NotForCallers =
    [
        "StatusWebhook", "ClickWebhook", "OptOutWebhook", "GetOpenApi",
    ];

    [Fact]
    public async Task Calls_All_AreTheOperationsOfTheDocument()
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("{}"));
        using var client = Clients.Of(stub);
        await CallAllAsync(client);

        Assert.Equal(
            ApiContract.Operations.Select(each => each.Id).Except(NotForCallers, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            stub.Asked.Select(each => ApiContract.Find(each.Method, each.Address.AbsolutePath)!.Id).Order(StringComparer.Ordinal));
        Assert.All(stub.Asked, each => Assert.Equal("key", each.Headers["x-functions-key"]));
    }

    [Fact]
    public void Schemas_ThatMayBeNull_SayItByTheirType() => Assert.DoesNotContain( // Kiota reads no oneOf with null, and would lose the value
        "\"type\":\"null\"", ApiContract.Document.ToJsonString().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public async Task Calls_WithFilters_WriteThemAsTheApiReadsThem()
    {
        var stub = new StubTransport((_, _) => StubTransport.Json("{}"));
        using var client = Clients.Of(stub);
        var time = DateTimeOffset.Parse("2030-01-07T09:00:00+01:00", CultureInfo.InvariantCulture);

        await client.Broadcasts.ListAsync(new() { Statuses = ["sending", "paused"], Text = "a&b", CreatedFrom = time, PageSize = 7 }).CountAsync();
        await client.Broadcasts.ListRecipientsAsync(Id, ["undelivered", "failed"]).CountAsync();

        Assert.Contains("status=sending,paused", Uri.UnescapeDataString(stub.Asked[0].Address.Query), StringComparison.Ordinal);
        Assert.Contains("text=a%26b", stub.Asked[0].Address.Query, StringComparison.Ordinal);
        Assert.Contains("limit=7", stub.Asked[0].Address.Query, StringComparison.Ordinal);
        Assert.Contains("createdFrom=2030-01-07T09:00:00", Uri.UnescapeDataString(stub.Asked[0].Address.Query), StringComparison.Ordinal);
        Assert.Equal("?status=undelivered,failed", Uri.UnescapeDataString(stub.Asked[1].Address.Query));
    }

    private static async Task CallAllAsync(BulkSmsClient client)
    {
        await client.Broadcasts.CreateAsync(Hello);
        await client.Broadcasts.PreviewAsync(Hello);
        await client.Broadcasts.TestAsync(Hello, "+15551230002");
        await client.Broadcasts.ListAsync().CountAsync();
        await client.Broadcasts.GetAsync(Id);
        await client.Broadcasts.EraseAsync(Id);
        await client.Broadcasts.ListRecipientsAsync(Id).CountAsync();
        await client.Broadcasts.FindRecipientAsync(Id, "+15551230001");
        await client.Broadcasts.DownloadResultsAsync(Id, Stream.Null);
        await client.Broadcasts.ListSkippedAsync(Id).CountAsync();
        await client.Broadcasts.DownloadSkippedAsync(Id, Stream.Null);
        await client.Broadcasts.PauseAsync(Id);
        await client.Broadcasts.ResumeAsync(Id);
        await client.Broadcasts.CancelAsync(Id);
        await client.Broadcasts.ApproveAsync(Id);
        await client.Broadcasts.RejectAsync(Id);
        await client.Sending.GetAsync();
        await client.Sending.SuspendAsync();
        await client.Sending.ResumeAsync();
        await client.Poison.ListAsync().CountAsync();
        await client.Poison.ReplayAsync(["id"]);
        await client.OptOuts.ListAsync().CountAsync();
        await client.OptOuts.AddAsync(["+15551230003"]);
        await client.OptOuts.ExportAsync(Stream.Null);
        await client.OptOuts.FindAsync("+15551230003");
        await client.OptOuts.RemoveAsync("+15551230003");
        await client.OptOuts.ListReviewAsync().CountAsync();
        await client.OptOuts.DecideReviewAsync("+15551230003", ReviewDecision_decision.Dismiss);
        await client.Replies.ListAsync().CountAsync();
        await client.Audit.ListAsync().CountAsync();
        await CallEventsAsync(client.Events);
        await client.Profiles.ListAsync();
        await client.Prices.GetAsync();
        await client.Prices.ImportAsync(["US"]);
        await client.People.ExportAsync("+15551230003");
        await client.People.EraseAsync("+15551230003");
        await client.People.GetJobAsync(new string('0', 32));
        await client.People.DownloadResultAsync(new string('0', 32), Stream.Null);
        await client.Health.GetAsync();
        await client.Health.GetReadyAsync();
        await client.Health.GetDoctorAsync();
    }

    private static async Task CallEventsAsync(EventCalls events)
    {
        await events.ListAsync();
        await events.GetAsync("crm");
        await events.PutAsync("crm", new("https://example.com/hooks"), [EventType.BroadcastCompleted]);
        await events.DeleteAsync("crm");
        await events.RotateAsync("crm");
        await events.TestAsync("crm");
        await events.ListDeliveriesAsync("crm", EventDeliveryStatus.Failed).CountAsync();
        await events.ReplayAsync("crm", ["msg_1"]);
    }
}
