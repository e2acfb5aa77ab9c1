using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Nothing of a list vanishes: what was given of each recipient is shown with it, and what is none is listed with the reason.</summary>
public sealed class KeptListTests
{
    private const string Ada = "+12015550101";
    private const string Bob = "+12015550102";
    private const string Eve = "+12015550103";

    /// <summary>Cells that a spreadsheet would take for formulas, a column by the name of one of ours, and one that no text uses.</summary>
    private const string File = """
        Name,to,reference,code,note
        Ada,+1 201 555 0101,A-17,-5%,=1+1
        'Bob,(201) 555-0102,,'+7,"two
        lines"
        Jo,123,X-1,1,
        Ada,+12015550101,A-18,2,again
        Eve,+12015550103,A-19,@home,
        """;

    [Fact]
    public async Task File_WhatWasGiven_IsShownWithEachRecipient()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app, File, ("message", "Hi {{Name}}, {{code}}"), ("defaultRegion", "US"), ("onInvalid", "skip"));

        var shown = (await RecipientsAsync(app, id)).OrderBy(recipient => recipient.Line).ToArray();

        Assert.Equal(
            [(Ada, 2, "+1 201 555 0101", "A-17"), (Bob, 3, "(201) 555-0102", null), (Eve, 7, Eve, "A-19")],
            shown.Select(each => (each.To, each.Line!.Value, each.Written!, each.Reference)));
        Assert.Equal([("Name", "'Bob"), ("code", "+7"), ("note", "two\nlines")], shown[1].Data!.Select(each => (each.Key, each.Value.ReplaceLineEndings("\n"))));
        Assert.All(shown, each => Assert.Null(each.Index));
    }

    [Fact]
    public async Task Json_WhatWasGiven_IsShownWithEachRecipient()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await BroadcastAsync(app, $$$"""
            {"message": "Hello", "recipients": [
              "{{{Bob}}}", "{{{Bob}}}",
              {"to": "tel:{{{Ada}}}", "id": 17, "data": {"name": "Ada", "age": 36, "tags": ["a"], "vip": true, "none": null}},
              {"to": "{{{Eve}}}", "reference": "E", "id": "not this"}]}
            """);

        var shown = (await RecipientsAsync(app, id)).OrderBy(recipient => recipient.Index).ToArray();

        Assert.Equal([(Bob, 0, Bob, null), (Ada, 2, "tel:" + Ada, "17"), (Eve, 3, Eve, "E")], shown.Select(each => (each.To, each.Index!.Value, each.Written!, each.Reference)));
        Assert.Equal([("name", "Ada"), ("age", "36"), ("tags", "[\"a\"]"), ("vip", "true")], shown[1].Data!.Select(each => (each.Key, each.Value)));
        Assert.All(shown, each => Assert.Null(each.Line));
    }

    [Theory]
    [InlineData("0")] // in a blob
    [InlineData("1500")]
    public async Task Results_OfWhomItDidNotReach_PostedAgain_GivesTheSameTexts(string rowLimit)
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:RowRecipientLimit", rowLimit)]);
        (string, string)[] fields = [("message", "Hi {{Name}}, {{code}} {{note}} {{reference}}"), ("defaultRegion", "US"), ("onInvalid", "skip")];
        const string complete = """
            Name,to,reference,code,note,line
            Ada,+1 201 555 0101,A-17,-5%,=1+1,x
            'Bob,(201) 555-0102,'=B,'+7,"two
            lines",y
            """;
        var first = await PostAsync(app, complete, [.. fields, ("sendAt", "2026-03-10T13:00:00Z")]);
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{first}/cancel", null);
        await app.RunAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), async () => (await app.GetAsync(first)).Status == "canceled");
        var file = await app.Http.GetStringAsync($"/api/v1/broadcasts/{first}/results.csv?status=notDelivered");

        var second = await PostAsync(app, file, fields);
        await app.RunAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), () => Task.FromResult(app.Twilio.Messages.Count == 2));

        Assert.Equal(
            [(Ada, "Hi Ada, -5% =1+1 A-17"), (Bob, "Hi 'Bob, +7 two\nlines =B")],
            app.Twilio.Messages.Select(message => (message.To, message.Body.ReplaceLineEndings("\n"))).Order());
        var (before, after) = (await RecipientsAsync(app, first), await RecipientsAsync(app, second));
        foreach (var each in before)
        {
            var again = after.Single(other => other.To == each.To);
            Assert.Equal(each.Reference, again.Reference);
            Assert.Equal(each.Data, again.Data); // and none of the columns that are ours
        }
    }

    [Fact]
    public async Task Results_OfAnyFile_HaveNoCellThatIsAFormula()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await PostAsync(app, File.Replace("Name", "=Name", StringComparison.Ordinal), ("message", "Hi"), ("defaultRegion", "US"), ("onInvalid", "skip"));

        var file = await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/results.csv") + await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/skipped.csv");

        using var csv = CsvHelper.CsvReader.Create(Encoding.UTF8.GetBytes(file), new CsvHelper.CsvReaderOptions { HasHeader = false });
        while (csv.Read())
        {
            Assert.All(Enumerable.Range(0, csv.FieldCount).Select(csv.GetString), cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell));
        }
    }

    [Fact]
    public async Task Skipped_EachReason_IsListedByPageAndAsAFile()
    {
        await using var app = await VirtualApp.StartAsync();
        using var optOut = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = new[] { Eve } });
        var since = app.Clock.GetUtcNow();
        var id = await PostAsync(app, File, ("message", "Hi {{Name}}"), ("defaultRegion", "US"), ("onInvalid", "skip"));

        var first = await SkippedAsync(app, id, "?limit=2");
        var second = await SkippedAsync(app, id, $"?limit=2&cursor={first.Next}");

        Assert.Equal((2, 1, null), (first.Skipped.Count, second.Skipped.Count, second.Next));
        SkippedView[] all = [.. first.Skipped, .. second.Skipped];
        Assert.Equal(
            [(5, "123", "X-1", SkippedReason.Invalid, null, null), (6, Ada, "A-18", SkippedReason.Duplicate, 2, null), (7, Eve, "A-19", SkippedReason.OptedOut, null, since)],
            all.Select(each => (each.Line!.Value, each.Written, each.Reference!, each.Reason, each.DuplicateOf, each.Since)));
        Assert.Contains("too short", all[0].Detail, StringComparison.Ordinal);
        Assert.Equal("names the phone of line 2 again", all[1].Detail);
        Assert.Equal("has opted out since 2026-03-10T12:00:00Z", all[2].Detail);
        var file = (await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/skipped.csv")).Split("\r\n");
        Assert.Equal("line,written,reference,reason,detail,duplicateOf,since", file[0]);
        Assert.StartsWith("5,123,X-1,invalid,", file[1], StringComparison.Ordinal);
        Assert.StartsWith("6,'+12015550101,A-18,duplicate,", file[2], StringComparison.Ordinal);
        Assert.Equal("7,'+12015550103,A-19,optedOut,has opted out since 2026-03-10T12:00:00Z,,2026-03-10T12:00:00.000Z", file[3]);
        Assert.DoesNotContain(Eve, app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skipped_NoneOrUnknownOrABadCursor_IsToldSo()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await BroadcastAsync(app, $$"""{"message": "Hello", "recipients": ["{{Ada}}"]}""");
        var withSome = await BroadcastAsync(app, $$"""{"message": "Hello", "recipients": ["{{Ada}}", "{{Ada}}", "{{Ada}}"]}""");

        Assert.Equal((0, null), await SkippedAsync(app, id) is var none ? (none.Skipped.Count, none.Next) : default);
        Assert.Equal([1, 2], (await SkippedAsync(app, withSome)).Skipped.Select(each => each.Index!.Value));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync($"/api/v1/broadcasts/{new string('0', 28)}/skipped")).StatusCode);
        foreach (var cursor in new[] { "x", "NQ", "OTk5OTk5OTk", "!" })
        {
            using var refused = await app.Http.GetAsync($"/api/v1/broadcasts/{withSome}/skipped?cursor={cursor}");
            Assert.Equal((cursor, HttpStatusCode.BadRequest), (cursor, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Preview_EntriesThatAreNoRecipients_AreListed()
    {
        await using var app = await VirtualApp.StartAsync();
        using var form = Uploads.WithFile(Uploads.Form(("message", "Hi {{Name}}"), ("defaultRegion", "US"), ("onInvalid", "skip")), Uploads.Csv, File);

        using var response = await app.Http.PostAsync("/api/v1/broadcasts/preview", form);
        var preview = (await response.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;

        Assert.Equal((3, 1, 1), (preview.RecipientsCount, preview.DuplicatesRemoved, preview.Invalid));
        Assert.Equal([(5, SkippedReason.Invalid), (6, SkippedReason.Duplicate)], preview.Skipped.Select(each => (each.Line!.Value, each.Reason)));
    }

    [Fact]
    public async Task Skipped_ErasedBroadcast_LeavesNothing()
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:RowRecipientLimit", "0")]);
        var id = await PostAsync(app, File, ("message", "Hi {{Name}}"), ("defaultRegion", "US"), ("onInvalid", "skip"), ("sendAt", "2026-03-10T13:00:00Z"));
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        await app.RunAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), async () => (await app.GetAsync(id)).Status == "canceled");
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30));
        Assert.NotEmpty((await SkippedAsync(app, id)).Skipped);

        using var erased = await app.Http.DeleteAsync($"/api/v1/broadcasts/{id}");

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Empty((await SkippedAsync(app, id)).Skipped);
        Assert.Empty(await app.Service<RecipientBlobs>().AllAsync(default).ToListAsync());
        Assert.Empty((await app.Service<BroadcastStore>().FindAsync(id, default))!.DataColumns);
    }

    [Fact]
    public async Task Skipped_ListsOfACommittedBroadcast_AreNoOrphans()
    {
        await using var app = await VirtualApp.StartAsync([new("Broadcasts:RowRecipientLimit", "0")]);
        var id = await PostAsync(app, File, ("message", "Hi {{Name}}"), ("defaultRegion", "US"), ("onInvalid", "skip"), ("sendAt", "2026-03-10T13:00:00Z"));
        await app.Service<RecipientBlobs>().WriteSkippedAsync(id, [new(1, "another try's", SkippedReason.Invalid)]);

        Assert.Equal(1, await app.Service<BroadcastStore>().DeleteOrphanedListsAsync(TimeSpan.FromMinutes(-1), default));

        Assert.Equal(2, (await SkippedAsync(app, id)).Skipped.Count);
    }

    [Theory]
    [InlineData("status=undelivered,failed")]
    [InlineData("status=waiting")]
    [InlineData("status=final")]
    [InlineData("status=notDelivered,delivered")]
    public async Task Results_SeveralStatusesAndGroups_AreTaken(string query)
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await BroadcastAsync(app, $$"""{"message": "Hello", "recipients": ["{{Ada}}"]}""");
        await app.RunAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), () => Task.FromResult(app.Twilio.Messages.Count == 1));

        var lines = (await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/results.csv?{query}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(query == "status=waiting" ? 2 : 1, lines.Length);
    }

    private static async Task<string> PostAsync(VirtualApp app, string file, params (string, string)[] fields)
    {
        using var form = Uploads.WithFile(Uploads.Form(fields), Uploads.Csv, file);
        return (await Uploads.AcceptedAsync(await app.Http.PostAsync(Uploads.Route, form))).BroadcastId;
    }

    private static async Task<string> BroadcastAsync(VirtualApp app, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return (await Uploads.AcceptedAsync(await app.Http.PostAsync(Uploads.Route, body))).BroadcastId;
    }

    private static async Task<IReadOnlyList<RecipientView>> RecipientsAsync(VirtualApp app, string id) =>
        (await app.Http.GetFromJsonAsync($"/api/v1/broadcasts/{id}/recipients", ApiJson.Default.RecipientPage))!.Recipients;

    private static async Task<SkippedPage> SkippedAsync(VirtualApp app, string id, string query = "") =>
        JsonSerializer.Deserialize(await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/skipped{query}"), ApiJson.Default.SkippedPage)!;
}
