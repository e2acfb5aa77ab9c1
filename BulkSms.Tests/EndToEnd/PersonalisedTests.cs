using System.Net;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Each recipient gets a text of their own, whichever way it goes.</summary>
public sealed class PersonalisedTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    private const string Two = """
        {"message": "Hi {{name}}, gate {{gate}}", "recipients": [
            {"to": "+15551230001", "data": {"name": "Ada", "gate": 7}}, {"to": "+15551230002", "data": {"name": "Bob 😀", "gate": "B"}}]}
        """;

    [Fact]
    public async Task Post_Personalised_TextsEachTheirOwn()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Faults.FailFor(Bob, 1, Fault.Refuse503); // the second attempt carries the same text

        var accepted = await app.BroadcastJsonAsync(Two);
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(("UCS-2", 1, 2L), (accepted.Segments.Encoding, accepted.Segments.PerMessage, accepted.Segments.Total));
        Assert.Equal(["Hi Ada, gate 7", "Hi Bob 😀, gate B"], app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
        Assert.Equal("Hi {{name}}, gate {{gate}}", (await app.GetAsync(accepted.BroadcastId)).Message);
        var row = await app.RowAsync(accepted.BroadcastId, Ada);
        Assert.Equal(("Hi Ada, gate 7", 1), (row.Text, row.Segments));
    }

    [Fact]
    public async Task Post_SegmentsDiffer_AreCountedAndQueuedForEach()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var accepted = await app.BroadcastJsonAsync($$$"""
            {"message": "{{text}}", "recipients": [{"to": "{{{Ada}}}", "data": {"text": "{{{new string('a', 307)}}}"}}, {"to": "{{{Bob}}}", "data": {"text": "b"}}]}
            """);

        Assert.Equal(("GSM-7", 3, 4L), (accepted.Segments.Encoding, accepted.Segments.PerMessage, accepted.Segments.Total));
        Assert.Equal(4, (await app.GetAsync(accepted.BroadcastId)).Segments.Total);
        Assert.Equal([3, 1], (await app.TakeAllAsync(QueueNames.Outbound)).OrderBy(job => job.To, StringComparer.Ordinal).Select(job => job.Segments));
    }

    [Theory]
    [InlineData(20)] // in the row
    [InlineData(400)] // in a blob
    public async Task FanOut_FromWhatIsStored_WritesEachTextOnce(int count)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:InlineRecipientLimit", "0")], pumping: false);
        var people = TestApp.Numbers(count).Select((to, i) => new { to, data = new { name = $"N{i} {new string('x', 60)}" } });

        var accepted = await app.BroadcastJsonAsync($$$"""{"message": "Hi {{name}}\nBye", "recipients": {{{JsonSerializer.Serialize(people)}}}}""");
        var stored = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!;
        await app.Service<FanOut>().RunAsync(stored, default);
        await app.Service<FanOut>().RunAsync(stored with { FannedOut = count / 2 }, default); // as after a crash

        Assert.Equal(count > 100, stored.RecipientsBlob is not null);
        var texts = (await app.TakeAllAsync(QueueNames.Outbound)).DistinctBy(job => job.To).ToDictionary(job => job.To, job => job.Text);
        Assert.Equal(people.Select(person => $"Hi {person.data.name}\nBye"), people.Select(person => texts[person.to]));
        Assert.Equal(count, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!.FannedOutAt);
    }

    [Fact]
    public async Task Post_SomeOptedOut_KeepsTheOthersTextsWithTheirNumbers()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var optOut = await app.OptOutAsync(Ada);

        var accepted = await app.BroadcastJsonAsync(Two);

        Assert.Equal((1, 1, 1L), (accepted.RecipientsCount, accepted.OptedOut, accepted.Segments.Total));
        Assert.Equal([(Bob, "Hi Bob 😀, gate B")], (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => (job.To, job.Text)));
    }

    [Fact]
    public async Task Post_MissingValue_Is400NamingRecipientAndPlaceholder()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync($$$"""{"message": "Hi {{name}}", "recipients": [{"to": "{{{Ada}}}", "data": {"name": "Ada"}}, "{{{Bob}}}"]}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadAsStringAsync();
        Assert.Contains("""
            "errors":{"$.recipients[1]":["has no value for {{name}}"]}
            """, problem, StringComparison.Ordinal);
        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
    }

    [Fact]
    public async Task Post_RepeatWithOtherData_IsAnotherRequest()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");

        var first = await app.BroadcastJsonAsync(Two);
        var again = await app.BroadcastJsonAsync(Two);
        using var other = await app.PostJsonAsync(Two.Replace("\"Ada\"", "\"Eva\"", StringComparison.Ordinal));

        Assert.Equal(first, again);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }
}
